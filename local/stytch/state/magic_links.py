"""Magic links: made, found by their token, used once."""

from __future__ import annotations

from local.kit.clock import Clock
from local.kit.store import Document, Store
from local.stytch.errors import ErrorType, StytchError
from local.stytch.ids import is_link_token, new_link_token
from local.stytch.state import sandbox
from local.stytch.terms import LinkTerms


class MagicLinks:
    """Holds every link that was sent, the used and expired ones too."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._links = store.collection("stytch_magic_links")
        self._clock = clock

    def issue(self, terms: LinkTerms, user_id: str, email_id: str) -> str:
        """Make a link and return its token."""
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
        """Return a link that can still be used.

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
        """Use the link up; the sandbox link can be used again and again."""
        if link["token"] != sandbox.LINK_TOKEN:
            self._links.put(link["token"], link | {"spent": True})

    def revoke_invites(self, user_id: str) -> None:
        for link in self._links.find(user_id=user_id, kind="invite"):
            self.spend(link)

    def forget(self, user_id: str) -> None:
        """Delete the links of a user who is being deleted."""
        for link in self._links.find(user_id=user_id):
            self._links.delete(link["token"])

    def clear(self) -> None:
        self._links.clear()
