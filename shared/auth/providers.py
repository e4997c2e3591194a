"""The providers that this site has: their modules are imported when the function starts.

The settings decide once (`Settings.has_identity`, `Settings.has_stytch`). What belongs to a
provider that the site does not have is not imported at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from shared.auth.credentials import Credentials, SignedIn
from shared.auth.principal import Principal, Provider
from shared.errors import NotFound, Unauthenticated
from shared.process import kept
from shared.settings.settings import settings


class ProviderModule(Protocol):
    """What each provider's module has; both functions raise Unauthenticated or Unavailable."""

    def authenticate(self, credentials: Credentials) -> SignedIn:
        """Who is calling, by this provider's credential."""

    def confirm(self, principal: Principal, credentials: Credentials) -> SignedIn:
        """The same, as the provider itself says now; `principal` is what `authenticate` found."""


@kept
def modules() -> Mapping[Provider, ProviderModule]:
    """The modules of the site's providers; `application` asks first, while the function starts."""
    found: dict[Provider, ProviderModule] = {}
    if settings().has_identity:
        from shared.auth import netlify

        netlify.verifier()
        found["netlify"] = netlify
    if settings().has_stytch:
        from shared.auth.stytch import sign_in

        found["stytch"] = sign_in
    return found


def module_of(provider: Provider) -> ProviderModule:
    """The module for a credential of this provider; raises Unauthenticated where there is none."""
    found = modules().get(provider)
    if found is not None:
        return found
    if provider == "netlify":
        raise Unauthenticated("identity_not_configured", "This site has no Netlify Identity.")
    raise Unauthenticated("stytch_not_configured", "This site has no sign-in by Stytch.")


def require(provider: Provider) -> None:
    """Raise NotFound on a site without this provider; for routes that are of no use there."""
    if provider not in modules():
        raise NotFound("provider_not_configured", "This site does not have this way to sign in.")


def chosen(wanted: Provider | None) -> Provider:
    """The provider that a request names, else Stytch where the site has it; raises NotFound."""
    provider = wanted or ("stytch" if "stytch" in modules() else "netlify")
    require(provider)
    return provider
