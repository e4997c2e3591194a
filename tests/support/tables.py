"""Tables of the migrations in a test's own database, empty and as they are after the last one."""

from __future__ import annotations

import re

from pymysql.cursors import DictCursor

from migrations.files import read_migrations
from tests.support.database_under_test import UNDER_TEST


def tables_of_migrations() -> list[str]:
    """The names of all of them."""
    return [
        name
        for migration in read_migrations()
        for name in re.findall(r"^CREATE TABLE (\w+)", migration.text, re.MULTILINE)
    ]


def make_tables(cursor: DictCursor, *tables: str) -> None:
    """Make the tables, in place of those that are there.

    Vitess has had them from its start, and learns of a change only after a while: there they are
    emptied.
    """
    drop_tables(cursor, *tables)
    if UNDER_TEST:
        return
    for migration in read_migrations():
        for statement in migration.statements:
            found = re.match(r"(?:CREATE|ALTER) TABLE (\w+)", statement)
            if found and found[1] in tables:
                cursor.execute(statement)


def drop_tables(cursor: DictCursor, *tables: str) -> None:
    end = "DELETE FROM" if UNDER_TEST else "DROP TABLE IF EXISTS"
    for table in tables:
        cursor.execute(f"{end} {table}")
