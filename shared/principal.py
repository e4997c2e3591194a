"""Who is calling: the answer that every function works with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Provider = Literal["netlify", "stytch"]

ADMIN = "admin"


@dataclass(frozen=True)
class Principal:
    """Somebody who has signed in.

    `id` is `netlify:<sub>` or `stytch:<user_id>`; rows belong to it, never to an e-mail.
    `confirmed` says that the provider itself was asked during this request.
    """

    id: str
    provider: Provider
    email: str
    name: str
    roles: tuple[str, ...] = ()
    confirmed: bool = False

    @property
    def is_admin(self) -> bool:
        return ADMIN in self.roles

    @property
    def subject(self) -> str:
        """The id by which the provider knows this person."""
        return self.id.partition(":")[2]
