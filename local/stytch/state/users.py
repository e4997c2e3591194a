"""The project's users, by id, external id and address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from local.kit.clock import Clock, rfc3339
from local.kit.store import Document, Store, merged
from local.stytch.errors import ErrorType, StytchError
from local.stytch.ids import is_id, new_id
from local.stytch.state import sandbox
from local.stytch.state.objects import UserStatus, email_object, user_object


class Users:
    """Holds pending and active users; a deleted one leaves no trace, so its addresses are free."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._users = store.collection("stytch_users")
        self._owners = store.collection("stytch_email_owners")
        self._clock = clock

    def create(self, email: str, status: UserStatus) -> Document:
        user_id = new_id("user")
        contact = email_object(new_id("email"), email)
        user = user_object(user_id, contact, status, rfc3339(self._clock.now()))
        self._users.put(user_id, user)
        self._owners.put(email, {"user_id": user_id})
        return user

    def find(self, user_id: str) -> Document:
        """Return the user with this id or external id.

        Raises `invalid_user_id` for what can be neither, else `user_not_found`.
        """
        _check_user_id(user_id)
        if user_id == sandbox.USER_ID:
            return sandbox.user()
        user = self._users.get(user_id) or next(self._users.find(external_id=user_id), None)
        if user is None:
            raise StytchError(ErrorType.USER_NOT_FOUND)
        return user

    def find_by_email(self, email: str) -> Document | None:
        owner = self._owners.get(email)
        return None if owner is None else self._users.get(owner["user_id"])

    def all(self) -> Iterator[Document]:
        return self._users.find()

    def save(self, user: Document) -> None:
        """Keep a changed user; the sandbox user never changes."""
        if user["user_id"] != sandbox.USER_ID:
            self._users.put(user["user_id"], user)

    def add_email(self, user: Document, email: str) -> None:
        """Give the user a further address, not verified yet."""
        user["emails"].append(email_object(new_id("email"), email))
        self.save(user)
        self._owners.put(email, {"user_id": user["user_id"]})

    def confirm(self, user_id: str, email_id: str) -> Document:
        """Make the user active and the address verified; returns the user."""
        user = self.find(user_id)
        user["status"] = "active"
        for email in user["emails"]:
            email["verified"] = email["verified"] or email["email_id"] == email_id
        self.save(user)
        return user

    def delete(self, user: Document) -> None:
        self._users.delete(user["user_id"])
        for email in user["emails"]:
            self._owners.delete(email["email"])

    def clear(self) -> None:
        self._users.clear()
        self._owners.clear()


def merge_metadata(current: Document, update: Document) -> Document:
    """Merge metadata at the top level only; a null removes its key.

    Raises beyond 20 keys and 4 KB (https://stytch.com/docs/api/metadata).
    """
    metadata = merged(current, update)
    if len(metadata) > 20:
        raise StytchError(ErrorType.METADATA_TOO_MANY_KEYS)
    if len(json.dumps(metadata).encode()) > 4096:
        raise StytchError(ErrorType.METADATA_TOO_LARGE)
    return metadata


def email_id_of(user: Document, email: str) -> str:
    """Return the id of one of the user's own addresses."""
    return next(str(own["email_id"]) for own in user["emails"] if own["email"] == email)


def email_of(user: Document, email_id: str) -> str:
    """Return the address that has this id."""
    return next(str(own["email"]) for own in user["emails"] if own["email_id"] == email_id)


def is_external_id(text: str) -> bool:
    """Tell whether it is up to 128 letters, digits and `. _ - |` (Update user, `external_id`)."""
    return re.fullmatch(r"[A-Za-z0-9._|-]{1,128}", text) is not None


def _check_user_id(text: str) -> None:
    malformed = text.startswith("user-") and not is_id("user", text)
    if malformed or not is_external_id(text):
        raise StytchError(ErrorType.INVALID_USER_ID)
