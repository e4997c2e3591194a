"""The people whom an emulated provider knows, in words that all providers share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class PeopleError(ValueError):
    """The provider has refused a change; the message is its own."""


@dataclass(frozen=True)
class Session:
    """A time for which somebody is signed in; times in RFC 3339."""

    id: str
    started_at: str
    expires_at: str


@dataclass(frozen=True)
class Person:
    """Somebody with an account; `is_confirmed` tells that the address has been proven."""

    id: str
    email: str
    name: str
    is_admin: bool
    is_confirmed: bool
    sessions: Sequence[Session]


class Directory(Protocol):
    """Stands for the accounts of one provider.

    Each change is made as the provider's own API makes it, with all that follows from it, and
    raises PeopleError when it is refused.
    """

    @property
    def how_added(self) -> str:
        """Say what somebody who is added gets: a mail, a password."""

    def people(self) -> list[Person]:
        """Return everybody, newest first."""

    def email_of(self, user_id: str) -> str | None:
        """Return a user's address; None for one that there is not."""

    async def add(self, email: str, name: str) -> None: ...

    async def delete(self, user_id: str) -> None:
        """Delete the account; somebody who is not there is no failure."""

    async def set_roles(self, user_id: str, roles: list[str]) -> None: ...

    def end_session(self, session_id: str) -> None:
        """Revoke a session; one that is not there is no failure."""

    def expire_session(self, session_id: str) -> None:
        """Let a session be too old from now on."""
