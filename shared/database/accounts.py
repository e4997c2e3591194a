"""Deleted accounts: removes their rows, and marks them so that a token still valid does nothing."""

from __future__ import annotations

from shared.database.database import database

_BATCH = 1000  # rows; a longer DELETE would hold its locks for too long

MARK_DELETED = """
    INSERT INTO deleted_accounts (principal_id, deleted_at) VALUES (%(id)s, UTC_TIMESTAMP(6))
    ON DUPLICATE KEY UPDATE deleted_at = deleted_accounts.deleted_at
"""
DELETE_ROWS = f"""
    {MARK_DELETED};
    DELETE FROM users WHERE principal_id = %(id)s;
    DELETE FROM issues WHERE assignee_id = %(id)s ORDER BY id LIMIT {_BATCH};
    SELECT 1 FROM issues WHERE assignee_id = %(id)s LIMIT 1
"""


def delete_rows(principal_id: str) -> None:
    """Mark the account as deleted, then delete its issues and its users row; may be repeated.

    The mark comes first, so that no row can be added after the deletion. One round trip for up to
    1,000 issues, served by the indexes on assignee and principal.
    """
    while database().write_idempotent(DELETE_ROWS, {"id": principal_id}).rows:
        continue


def mark_deleted(principal_id: str) -> None:
    """Stop every token of the account from reading and writing; may be repeated."""
    database().write_idempotent(MARK_DELETED, {"id": principal_id})
