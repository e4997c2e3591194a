"""An emulator of Netlify Identity: the GoTrue API over the local cloud's store, outbox and clock.

Written after netlify/gotrue (2026-04-28). Deliberately different:

- a password grant is limited to 30 in 5 minutes for each address, not for each caller;
- an account that an admin made without a password cannot sign in with an empty one;
- an invitation ends after the 7 days that its mail says (GoTrue checks no date there);
- `user_metadata` is never null, and `last_sign_in_at` is kept;
- external providers, SAML, /callback, /admin/audit and multipart forms are absent;
- `GET /_admin` lists controls that the real service does not have.
"""

from local.identity.app import create_app
from local.identity.config import IdentityConfig
from local.identity.failing import ENDPOINTS
from local.identity.people import People
from local.identity.state.demo_users import DEMO_PASSWORD, seed_users
from local.identity.tokens import operator_token, user_claims

__all__ = [
    "DEMO_PASSWORD",
    "ENDPOINTS",
    "IdentityConfig",
    "People",
    "create_app",
    "operator_token",
    "seed_users",
    "user_claims",
]
