"""Who is calling?

`authenticate` answers from the first credential that is there, in this order:

1. the Netlify Identity user in the Lambda clientContext;
2. a bearer token: a Netlify Identity JWT (HS256), a Stytch session JWT (RS256), or an opaque Stytch
   session token. If it is bad, that is the answer: the cookies are not tried;
3. the cookies of a Stytch session.

`confirm` asks the provider itself during this request. Both raise Unauthenticated with a reason
code, or Unavailable when the provider does not answer; neither knows anything of HTTP.
"""

from __future__ import annotations

from shared.auth import providers
from shared.auth.credentials import Credentials, SignedIn
from shared.auth.principal import Provider
from shared.auth.token_form import provider_of
from shared.errors import Unauthenticated


def authenticate(credentials: Credentials) -> SignedIn:
    """Who is calling; no provider is asked unless the credential requires it."""
    return providers.module_of(_provider_of(credentials)).authenticate(credentials)


def confirm(credentials: Credentials) -> SignedIn:
    """Like `authenticate`, but asks the provider (Stytch or Identity) during this request."""
    provider = providers.module_of(_provider_of(credentials))
    signed_in = provider.authenticate(credentials)
    if signed_in.principal.confirmed:
        return signed_in
    return provider.confirm(signed_in.principal, credentials)


def _provider_of(credentials: Credentials) -> Provider:
    """Whose credential decides; raises Unauthenticated where there is none."""
    if credentials.netlify and credentials.netlify.user is not None:
        return "netlify"
    if credentials.bearer is not None:
        return provider_of(credentials.bearer)
    if credentials.has_cookies:
        return "stytch"
    raise Unauthenticated("no_credentials", "Please sign in.")
