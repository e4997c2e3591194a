"""What all commands here share: they connect to the database and report what went wrong."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TypeAlias

import pymysql
from pymysql.cursors import DictCursor

from migrations.apply import MigrationError
from shared.database.connection import connect
from shared.settings.reader import SettingsReader

Connection: TypeAlias = "pymysql.Connection[DictCursor]"


def run(work: Callable[[Connection], None], statement_seconds: int) -> int:
    """Do `work` in the database of `DATABASE_URL` (or `PLANETSCALE_*`).

    Answers the exit code: 0, or 1 after printing what is wrong, in a line without secrets.
    """
    reader = SettingsReader(os.environ)
    url = reader.database_url()
    if reader.complaints:
        return fail("; ".join(reader.complaints))
    try:
        with connect(url, statement_seconds) as connection:
            work(connection)
    except MigrationError as error:
        return fail(str(error))
    except pymysql.MySQLError as error:
        return fail(f"The database cannot be used: {error.args[-1]}")
    return 0


def fail(problem: str) -> int:
    """Print it to standard error; answers the exit code."""
    print(problem, file=sys.stderr)
    return 1
