"""What Stytch's dashboard knows about a project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LinkKind = Literal["login", "signup", "invite"]


@dataclass(frozen=True)
class StytchConfig:
    """Configures one test project; raises ValueError for a project id of any other environment.

    `redirect_urls` is the allow-list, its first entry the default. It serves all three kinds of
    link unless a kind has a list of its own. A `custom_domain` (`https://…`) becomes the issuer of
    session JWTs; those of the standard issuer stay good (stytch-python 078c763). Events about
    users go to each of `webhook_urls`. Pages of the `authorized_domains` (origins) may call the
    front-end API with the `public_token`; its SDK uses PKCE where `pkce_in_front_end` says so.
    """

    project_id: str
    secret: str
    redirect_urls: tuple[str, ...]
    signup_redirect_urls: tuple[str, ...] | None = None
    invite_redirect_urls: tuple[str, ...] | None = None
    custom_domain: str | None = None
    project_name: str = "Latchkey"
    max_session_minutes: int = 527040
    webhook_urls: tuple[str, ...] = ()
    webhook_secret: str = ""
    public_token: str = "public-token-test-00000000-0000-4000-8000-000000000000"  # noqa: S105
    authorized_domains: tuple[str, ...] = ()
    pkce_in_front_end: bool = False

    def __post_init__(self) -> None:
        if not self.project_id.startswith("project-test-"):
            raise ValueError("the emulator serves test projects only (project-test-…)")
        if not self.public_token.startswith("public-token-test-"):
            raise ValueError("the public token of a test project begins with public-token-test-")

    @property
    def issuers(self) -> tuple[str, ...]:
        """Return who may have issued a JWT of this project; the first one issues now."""
        standard = f"stytch.com/{self.project_id}"
        return (self.custom_domain, standard) if self.custom_domain else (standard,)

    def redirect_urls_for(self, kind: LinkKind) -> tuple[str, ...]:
        own = {
            "login": self.redirect_urls,
            "signup": self.signup_redirect_urls,
            "invite": self.invite_redirect_urls,
        }[kind]
        return self.redirect_urls if own is None else own
