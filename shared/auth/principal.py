"""Who is calling: the answer that every function works with."""

from __future__ import annotations

import unicodedata
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


def fold_email(address: str) -> str:
    """The address in lower case, but for letters that would turn into ASCII ones.

    The Kelvin sign's lower case is the letter k: folded, its owner would be somebody else.
    """
    return "".join(c.lower() if c.isascii() or not c.lower().isascii() else c for c in address)


def display_name(value: object, email: str) -> str:
    """A name that can be stored and shown: at most 255 printable characters, or the e-mail."""
    if not isinstance(value, str):
        return email
    printable = (c for c in value if unicodedata.category(c) not in {"Cc", "Cs"})
    return "".join(printable).strip()[:255] or email


def role_names(value: object) -> set[str]:
    """The names in a provider's list of roles; anything else names none."""
    return {role for role in value if isinstance(role, str)} if isinstance(value, list) else set()
