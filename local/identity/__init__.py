"""An emulator of Netlify Identity: the GoTrue API over the local cloud's store, outbox and clock.

Held against netlify/gotrue (2026-04-28) itself: docs/fidelity.md lists what differs, and why.
Absent are external providers, SAML, /callback, /admin/audit and multipart forms; `GET /_admin`
lists controls that the real service does not have.
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
