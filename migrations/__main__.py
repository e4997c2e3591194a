"""`python -m migrations [NAME …]`: bring the database up to date, or apply these alone."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from migrations import backfill
from migrations.apply import apply, refuse_edited
from migrations.command import Connection, run
from migrations.files import read_migrations
from migrations.history import History

_STATEMENT_SECONDS = 900  # altering a large table is slow


def main(names: Sequence[str]) -> int:
    """Apply what is missing; answers the exit code: 0, or 1 after printing what to do."""

    def bring_up_to_date(connection: Connection) -> None:
        applied = _apply(connection, names)
        print("up to date" if applied == 0 else f"{applied} applied, up to date")

    return run(bring_up_to_date, _STATEMENT_SECONDS)


def _apply(connection: Connection, names: Sequence[str]) -> int:
    """What a migration drops has been copied before."""
    migrations = [one for one in read_migrations() if not names or one.name in names]
    refuse_edited(History(connection), migrations)
    applied = 0
    for migration in migrations:
        if migration.drops:
            backfill.fill(connection)
        applied += apply(connection, [migration], print)
    return applied


sys.exit(main(sys.argv[1:]))
