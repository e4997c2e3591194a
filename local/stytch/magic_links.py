"""Magic links: issued, found again by their token, used once."""

from __future__ import annotations

from dataclasses import dataclass

from local.clock import Clock
from local.store import Document, Store
from local.stytch import pkce, sandbox
from local.stytch.attributes import read_attributes
from local.stytch.config import LinkKind, StytchConfig
from local.stytch.errors import ErrorType, StytchError
from local.stytch.fields import Fields
from local.stytch.ids import is_link_token, new_link_token
from local.stytch.redirect_urls import choose_redirect

# Send magic link, `login_expiration_minutes` and its fellows.
_DEFAULT_MINUTES: dict[LinkKind, int] = {"login": 60, "signup": 7 * 24 * 60, "invite": 60}


@dataclass(frozen=True)
class LinkTerms:
    """What the caller asks of a link before it is issued."""

    kind: LinkKind
    redirect_url: str
    minutes: int
    code_challenge: str | None
    attributes: Document | None


def read_terms(kind: LinkKind, fields: Fields, config: StytchConfig) -> LinkTerms:
    """The terms for a link of this kind; raises for a bad URL, expiration or code challenge."""
    minutes = fields.optional_integer(f"{kind}_expiration_minutes")
    if minutes is not None and not 5 <= minutes <= 10080:
        raise StytchError(ErrorType.INVALID_EXPIRATION)
    requested_url = fields.optional_text(f"{kind}_magic_link_url")
    code_challenge = fields.optional_text("code_challenge")
    pkce.check_challenge(code_challenge)
    return LinkTerms(
        kind=kind,
        redirect_url=choose_redirect(kind, requested_url, config.redirect_urls_for(kind)),
        minutes=_DEFAULT_MINUTES[kind] if minutes is None else minutes,
        code_challenge=code_challenge,
        attributes=read_attributes(fields),
    )


class MagicLinks:
    def __init__(self, store: Store, clock: Clock) -> None:
        self._links = store.collection("stytch_magic_links")
        self._clock = clock

    def issue(self, terms: LinkTerms, user_id: str, email_id: str) -> str:
        """A new link's token."""
        token = new_link_token()
        link = {
            "token": token,
            "kind": terms.kind,
            "user_id": user_id,
            "email_id": email_id,
            "expires_at": self._clock.now() + terms.minutes * 60,
            "code_challenge": terms.code_challenge,
            "attributes": terms.attributes,
            "spent": False,
        }
        self._links.put(token, link)
        return token

    def find(self, token: str) -> Document:
        """A link that can still be used.

        Raises `invalid_token`, `magic_link_not_found` or `unable_to_auth_magic_link`.
        """
        if not is_link_token(token):
            raise StytchError(ErrorType.INVALID_TOKEN)
        if token == sandbox.LINK_TOKEN:
            return sandbox.link(self._clock.now())
        link = self._links.get(token)
        if link is None and token != sandbox.SPENT_LINK_TOKEN:
            raise StytchError(ErrorType.MAGIC_LINK_NOT_FOUND)
        if link is None or link["spent"] or link["expires_at"] <= self._clock.now():
            raise StytchError(ErrorType.UNABLE_TO_AUTH_MAGIC_LINK)
        return link

    def spend(self, link: Document) -> None:
        """The link's one use; the sandbox link has as many as one likes."""
        if link["token"] != sandbox.LINK_TOKEN:
            self._links.put(link["token"], link | {"spent": True})

    def revoke_invites(self, user_id: str) -> None:
        for link in self._links.find(user_id=user_id, kind="invite"):
            self.spend(link)

    def forget(self, user_id: str) -> None:
        """Drop the links of a user who is being deleted."""
        for link in self._links.find(user_id=user_id):
            self._links.delete(link["token"])

    def clear(self) -> None:
        self._links.clear()
