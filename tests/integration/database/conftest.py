from __future__ import annotations

from collections.abc import Callable, Iterator
from select import select

import pymysql
import pytest
from pymysql.cursors import DictCursor

from shared.database.connection import connect
from shared.database.database import Database
from shared.settings.database_url import DatabaseUrl

PATIENCE_SECONDS = 10


@pytest.fixture
def url(server_url: DatabaseUrl) -> DatabaseUrl:
    return server_url


@pytest.fixture
def root(url: DatabaseUrl) -> Iterator[pymysql.Connection[DictCursor]]:
    """Somebody else at work on the same server, with a table `notes`."""
    connection = connect(url, 8)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS notes")
        cursor.execute("CREATE TABLE notes (id INT NOT NULL, text VARCHAR(20), PRIMARY KEY (id))")
    yield connection
    connection.close()


@pytest.fixture
def database(url: DatabaseUrl, root: pymysql.Connection[DictCursor]) -> Iterator[Database]:
    opened = Database(lambda: url)
    yield opened
    opened.close()


@pytest.fixture
def kill(root: pymysql.Connection[DictCursor], database: Database) -> Callable[[], None]:
    """Has the server end the database's connection, as it does with idle ones."""
    database.read("SELECT 1", {})
    connection = database._connection
    assert connection is not None

    def kill_it() -> None:
        with root.cursor() as cursor:
            cursor.execute(f"KILL {connection.thread_id()}")
        ended, _, _ = select([connection._sock], [], [], PATIENCE_SECONDS)
        assert ended

    return kill_it
