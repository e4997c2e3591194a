"""The tables of a Vitess that has just started, made through its vtgate."""

from __future__ import annotations

import time

import pymysql
from pymysql.cursors import DictCursor

from migrations.apply import apply
from migrations.files import read_migrations
from shared.database.connection import TimedConnection, connect
from shared.settings.database_url import parse_database_url
from tests.support.vitess_layouts import Layout

STATEMENT_SECONDS = 30
LEARN_SECONDS = 60


def make_tables_of_vitess(address: str, layout: Layout) -> None:
    """Make those of Vitess itself, then those of the migrations; returns when vtgate knows all."""
    url = parse_database_url(address)
    with connect(url._replace(database="latchkey"), STATEMENT_SECONDS) as connection:
        for statement in layout.tables_of_vitess():
            connection.query(statement)
    with connect(url, STATEMENT_SECONDS) as connection:
        apply(connection, read_migrations(), print)
        _wait_until_vtgate_knows_the_columns(connection)


def _wait_until_vtgate_knows_the_columns(connection: TimedConnection) -> None:
    """Until it has heard of the last migration from the tablets: it plans by what it knows."""
    deadline = time.monotonic() + LEARN_SECONDS
    with connection.cursor() as cursor:
        while not _knows_the_columns(cursor):
            assert time.monotonic() < deadline, "vtgate does not learn of the migrations"
            time.sleep(0.05)


def _knows_the_columns(cursor: DictCursor) -> bool:
    try:
        cursor.execute("SELECT * FROM users LIMIT 1")
        described = {column[0] for column in cursor.description}
        cursor.execute("SELECT * FROM issues LIMIT 1")
        described |= {column[0] for column in cursor.description}
    except pymysql.MySQLError:
        return False
    return {"creation_key", "title_key"} <= described and "stytch_user_id" not in described
