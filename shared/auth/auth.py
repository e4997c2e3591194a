"""Who is calling?

`authenticate` answers from the first credential that is there, in this order:

1. the Netlify Identity user in the Lambda clientContext;
2. a bearer token: a Netlify Identity JWT (HS256), a Stytch session JWT (RS256), or an opaque Stytch
   session token. If it is bad, that is the answer: the cookies are not tried;
3. the cookies of a Stytch session.

`confirm` asks the provider itself during this request. Both raise Unauthenticated with a reason
code, or Unavailable when the provider does not answer; neither knows anything of HTTP.

The settings decide once which providers a site has (`Settings.has_identity`, `has_stytch`): their
modules are imported while the function starts. What belongs to a provider that the site does not
have is not imported at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from shared.auth.credentials import Credentials, SignedIn
from shared.auth.principal import Principal, Provider
from shared.errors import NotFound, Unauthenticated
from shared.process import kept
from shared.settings.settings import settings


def authenticate(credentials: Credentials) -> SignedIn:
    """Who is calling; no provider is asked unless the credential requires it."""
    return _module_of(credentials.provider).authenticate(credentials)


def confirm(credentials: Credentials) -> SignedIn:
    """Like `authenticate`, but asks the provider (Stytch or Identity) during this request."""
    provider = _module_of(credentials.provider)
    signed_in = provider.authenticate(credentials)
    if signed_in.principal.confirmed:
        return signed_in
    return provider.confirm(signed_in.principal, credentials)


class ProviderModule(Protocol):
    """What each provider's module has; both functions raise Unauthenticated or Unavailable."""

    def authenticate(self, credentials: Credentials) -> SignedIn:
        """Who is calling, by this provider's credential."""

    def confirm(self, principal: Principal, credentials: Credentials) -> SignedIn:
        """The same, as the provider itself says now; `principal` is what `authenticate` found."""


@kept
def providers() -> Mapping[Provider, ProviderModule]:
    """The site's providers and their modules; `application` asks first, while a function starts."""
    found: dict[Provider, ProviderModule] = {}
    if settings().has_identity:
        from shared.auth import netlify

        netlify.verifier()
        found["netlify"] = netlify
    if settings().has_stytch:
        from shared.auth.stytch import session, session_jwt

        if session_jwt.HAS_RSA:
            session_jwt.key_set()
            found["stytch"] = session
    return found


def require(provider: Provider) -> None:
    """Raise NotFound on a site without this provider; for routes that are of no use there."""
    if provider not in providers():
        raise NotFound("provider_not_configured", "This site does not have this way to sign in.")


def chosen(wanted: Provider | None) -> Provider:
    """The provider that a request names, else Stytch where the site has it; raises NotFound."""
    provider = wanted or ("stytch" if "stytch" in providers() else "netlify")
    require(provider)
    return provider


def _module_of(provider: Provider) -> ProviderModule:
    """The module for a credential of this provider; raises Unauthenticated where there is none."""
    found = providers().get(provider)
    if found is not None:
        return found
    if provider == "netlify":
        raise Unauthenticated("identity_not_configured", "This site has no Netlify Identity.")
    raise Unauthenticated("stytch_not_configured", "This site has no sign-in by Stytch.")
