"""`python -m migrations.sweep`: delete the rows that are not needed any more. Run it once a day.

A batch is deleted at a time, so that a statement holds few locks for a short time and stays far
below what PlanetScale lets one query change (100,000 rows) and take (30 s for a write); PlanetScale
documentation, "System limits".
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping

from migrations.command import Connection, run

BATCH = 1000  # rows
THROTTLE_SECONDS = 24 * 3600
"""The longest window of a throttle is an hour; a row of an older window is never read again."""
DELETED_ACCOUNT_DAYS = 400
"""No token outlives its account by more: a Stytch session ends after 527,040 minutes, 366 days."""

_OLD_THROTTLE = "window_start < %(before)s"
_OLD_MARK = "deleted_at < UTC_TIMESTAMP(6) - INTERVAL %(days)s DAY"

FIND_THROTTLES = f"SELECT subject AS found FROM throttles WHERE {_OLD_THROTTLE} LIMIT %(batch)s"
DELETE_THROTTLES = f"DELETE FROM throttles WHERE subject IN %(found)s AND {_OLD_THROTTLE}"
FIND_MARKS = f"""
    SELECT principal_id AS found FROM deleted_accounts WHERE {_OLD_MARK} LIMIT %(batch)s
"""
DELETE_MARKS = f"DELETE FROM deleted_accounts WHERE principal_id IN %(found)s AND {_OLD_MARK}"

_STATEMENT_SECONDS = 30


def main() -> int:
    """Sweep both tables; answers the exit code: 0, or 1 after printing what is wrong."""
    return run(sweep, _STATEMENT_SECONDS)


def sweep(connection: Connection) -> None:
    """Delete throttles older than a day and marks of deleted accounts older than 400 days."""
    before = int(time.time()) - THROTTLE_SECONDS
    days = DELETED_ACCOUNT_DAYS
    throttles = _delete(connection, FIND_THROTTLES, DELETE_THROTTLES, {"before": before})
    accounts = _delete(connection, FIND_MARKS, DELETE_MARKS, {"days": days})
    print(f"{throttles} throttles and {accounts} marks of deleted accounts deleted")


def _delete(connection: Connection, find: str, delete: str, params: Mapping[str, int]) -> int:
    """Find a batch by the index on the time and delete it by its keys, until none is found.

    Two statements, since Vitess sends a DELETE with a LIMIT to several shards only where it knows
    the primary key. A row that has become new in between stays.
    """
    total = 0
    with connection.cursor() as cursor:
        while cursor.execute(find, {**params, "batch": BATCH}):
            found = [row["found"] for row in cursor.fetchall()]
            total += cursor.execute(delete, {**params, "found": found})
    return total


if __name__ == "__main__":
    sys.exit(main())
