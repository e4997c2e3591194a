"""`python -m migrations`: bring the database up to date."""

from __future__ import annotations

import sys

from migrations.apply import apply
from migrations.command import Connection, run
from migrations.files import read_migrations

_STATEMENT_SECONDS = 900  # altering a large table is slow


def main() -> int:
    """Apply what is missing; answers the exit code: 0, or 1 after printing what to do."""
    return run(_bring_up_to_date, _STATEMENT_SECONDS)


def _bring_up_to_date(connection: Connection) -> None:
    applied = apply(connection, read_migrations(), print)
    print("up to date" if applied == 0 else f"{applied} applied, up to date")


sys.exit(main())
