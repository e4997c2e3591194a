"""Deleted accounts: removes their rows, and marks them so that a token still valid does nothing."""

from __future__ import annotations

from shared import stopwatch
from shared.database.database import database

_BATCH = 1000  # rows; a longer DELETE would hold its locks for too long
MOST_COUNTED = 100_000  # rows
_LAST_SECONDS = 2.0  # what has to be left of the invocation for another batch, and for counting

# MySQL takes the order of an index for a DELETE only with this hint, MariaDB only if the order
# names the index whole. Without them, each batch would sort all issues of the account.
_HINT = "/*+ INDEX(issues issues_assignee) */"

MARK_DELETED = """
    INSERT INTO deleted_accounts (principal_id, deleted_at) VALUES (%(id)s, UTC_TIMESTAMP(6))
    ON DUPLICATE KEY UPDATE deleted_at = deleted_accounts.deleted_at
"""
DELETE_ROWS = f"""
    {MARK_DELETED};
    DELETE FROM users WHERE principal_id = %(id)s;
    DELETE {_HINT} FROM issues WHERE assignee_id = %(id)s ORDER BY assignee_id, id LIMIT {_BATCH};
    SELECT 1 FROM issues WHERE assignee_id = %(id)s LIMIT 1
"""
COUNT_ISSUES = f"""
    SELECT COUNT(*) AS remaining
      FROM (SELECT 1 FROM issues WHERE assignee_id = %(id)s LIMIT {MOST_COUNTED}) AS counted
"""


def delete_rows(principal_id: str) -> int:
    """Mark the account as deleted, then delete its issues and its users row; may be repeated.

    Answers how many issues are left, up to `MOST_COUNTED`, where the time of the invocation is
    nearly used up. The mark comes first, so that no row can be added after the deletion. One round
    trip for up to 1,000 issues, served by the indexes on assignee and principal.
    """
    params = {"id": principal_id}
    while database().write_idempotent(DELETE_ROWS, params).rows:
        if not stopwatch.has_left(_LAST_SECONDS):
            [row] = database().read(COUNT_ISSUES, params)
            return int(row["remaining"])
    return 0


def mark_deleted(principal_id: str) -> None:
    """Stop every token of the account from reading and writing; may be repeated."""
    database().write_idempotent(MARK_DELETED, {"id": principal_id})
