"""What the database knows: every row of users, and the accounts that were deleted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shared.database.database import database
from shared.database.paging import LARGEST_ID

FIND_ALL = """
    SELECT id, email, provider, principal_id, name FROM users
     WHERE id < %(before_id)s ORDER BY id DESC LIMIT %(rows)s
"""
FIND_DELETED = """
    SELECT principal_id FROM deleted_accounts WHERE principal_id IN %(ids)s LIMIT %(rows)s
"""
ROWS = 1000  # in one round trip


class Row(NamedTuple):
    """A row, as far as it follows a provider."""

    id: int
    email: str
    provider: str
    principal_id: str | None
    name: str


def find_all() -> Iterator[Row]:
    """Every row, newest first, by the primary key."""
    before_id = LARGEST_ID
    while rows := database().read(FIND_ALL, {"before_id": before_id, "rows": ROWS}):
        yield from (Row(**row) for row in rows)
        before_id = rows[-1]["id"]


def find_deleted(principal_ids: Sequence[str]) -> set[str]:
    """Which of these accounts were deleted here, by the primary key."""
    found: set[str] = set()
    for first in range(0, len(principal_ids), ROWS):
        ids = {"ids": principal_ids[first : first + ROWS], "rows": ROWS}
        found.update(row["principal_id"] for row in database().read(FIND_DELETED, ids))
    return found
