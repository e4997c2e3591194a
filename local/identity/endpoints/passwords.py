"""Passwords as the endpoints take them: GoTrue's bcrypt refuses one of more than 72 bytes."""

from __future__ import annotations

from local.identity.errors import HTTPError
from local.identity.passwords import hash_password

LONGEST_PASSWORD = 72  # bytes


def hashed(password: str, failure: str) -> str:
    """Return the hash; raises HTTPError 500 with the message `failure` for one that is too long."""
    if len(password.encode()) > LONGEST_PASSWORD:
        raise HTTPError(500, failure)
    return hash_password(password)
