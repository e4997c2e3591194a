"""`python -m migrations.sweep`: delete the rows that are not needed any more. Run it once a day.

Each statement deletes a batch and stands alone, so that it holds few locks for a short time and
stays far below what PlanetScale lets one query change (100,000 rows) and take (30 s for a write);
PlanetScale documentation, "System limits".
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

SWEEP_THROTTLES = "DELETE FROM throttles WHERE window_start < %(before)s LIMIT %(batch)s"
SWEEP_DELETED_ACCOUNTS = """
    DELETE FROM deleted_accounts
     WHERE deleted_at < UTC_TIMESTAMP(6) - INTERVAL %(days)s DAY LIMIT %(batch)s
"""

_STATEMENT_SECONDS = 30


def main() -> int:
    """Sweep both tables; answers the exit code: 0, or 1 after printing what is wrong."""
    return run(sweep, _STATEMENT_SECONDS)


def sweep(connection: Connection) -> None:
    """Delete throttles older than a day and marks of deleted accounts older than 400 days."""
    before = int(time.time()) - THROTTLE_SECONDS
    throttles = _delete(connection, SWEEP_THROTTLES, {"before": before})
    accounts = _delete(connection, SWEEP_DELETED_ACCOUNTS, {"days": DELETED_ACCOUNT_DAYS})
    print(f"{throttles} throttles and {accounts} marks of deleted accounts deleted")


def _delete(connection: Connection, statement: str, params: Mapping[str, int]) -> int:
    """Repeat the statement, which uses the index on the time, until less than a batch is left."""
    total = 0
    deleted = BATCH
    with connection.cursor() as cursor:
        while deleted == BATCH:
            deleted = cursor.execute(statement, {**params, "batch": BATCH})
            total += deleted
    return total


if __name__ == "__main__":
    sys.exit(main())
