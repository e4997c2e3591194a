"""The passwords of branches: who may do what, until they are deleted."""

from __future__ import annotations

import secrets
from base64 import b64encode
from typing import NamedTuple


class Password(NamedTuple):
    """`id` is its name at the API, `username` and `plain_text` are what the edge is shown."""

    id: str
    name: str
    branch: str
    role: str
    username: str
    plain_text: str
    ttl_seconds: int

    @property
    def authorization(self) -> str:
        """The header by which the edge knows it."""
        pair = f"{self.username}:{self.plain_text}"
        return "Basic " + b64encode(pair.encode()).decode()


class Passwords:
    """Those that there are; `made` also has those that are deleted."""

    def __init__(self) -> None:
        self.made: list[Password] = []
        self._valid: dict[str, Password] = {}

    @property
    def valid(self) -> list[Password]:
        return list(self._valid.values())

    def create(self, branch: str, role: str, name: str, ttl_seconds: int) -> Password:
        password = Password(
            id=secrets.token_hex(6),
            name=name,
            branch=branch,
            role=role,
            username=secrets.token_hex(10),
            plain_text=f"pscale_pw_{secrets.token_urlsafe(32)}",
            ttl_seconds=ttl_seconds,
        )
        self.made.append(password)
        self._valid[password.id] = password
        return password

    def find(self, password_id: str) -> Password | None:
        return self._valid.get(password_id)

    def delete(self, password: Password) -> None:
        del self._valid[password.id]

    def of(self, authorization: str) -> Password | None:
        """The one that a request to the edge shows."""
        shown = (one for one in self.valid if one.authorization == authorization)
        return next(shown, None)
