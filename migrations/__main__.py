"""`python -m migrations`: bring the database up to date."""

from __future__ import annotations

import os
import sys

import pymysql

from migrations.apply import MigrationError, apply
from migrations.files import read_migrations
from shared.database import connect
from shared.settings_reader import SettingsReader

_STATEMENT_SECONDS = 900  # altering a large table takes its time


def main() -> int:
    """Apply what is missing; answers the exit code: 0, or 1 after saying what to do."""
    reader = SettingsReader(os.environ)
    url = reader.database_url()
    if reader.complaints:
        return _fail("; ".join(reader.complaints))
    try:
        connection = connect(url, _STATEMENT_SECONDS)
        applied = apply(connection, read_migrations(), print)
    except MigrationError as error:
        return _fail(str(error))
    except pymysql.MySQLError as error:
        return _fail(f"The database cannot be used: {error.args[-1]}")
    print("up to date" if applied == 0 else f"{applied} applied, up to date")
    return 0


def _fail(what: str) -> int:
    print(what, file=sys.stderr)
    return 1


sys.exit(main())
