"""Tables of the migrations in a test's own database, empty and as they are after the last one."""

from __future__ import annotations

import re

from pymysql.cursors import DictCursor

from migrations.files import read_migrations


def make_tables(cursor: DictCursor, *tables: str) -> None:
    """Make the tables, in place of those that are there."""
    drop_tables(cursor, *tables)
    for migration in read_migrations():
        for statement in migration.statements:
            found = re.match(r"(?:CREATE|ALTER) TABLE (\w+)", statement)
            if found and found[1] in tables:
                cursor.execute(statement)


def drop_tables(cursor: DictCursor, *tables: str) -> None:
    for table in tables:
        cursor.execute(f"DROP TABLE IF EXISTS {table}")
