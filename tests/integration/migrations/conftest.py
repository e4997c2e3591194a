from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

import pymysql
import pytest
from pymysql.cursors import DictCursor

from shared.database.connection import connect
from shared.settings.database_url import DatabaseUrl
from tests.integration.migrations.planetscale_over_databases import (
    PlanetScaleOverDatabases,
    text_of,
)

Connect = Callable[[], "pymysql.Connection[DictCursor]"]

_numbers = count(1)


@pytest.fixture
def database_url(server_url: DatabaseUrl) -> Iterator[DatabaseUrl]:
    """A database with nothing in it."""
    name = f"migrations_{next(_numbers)}"
    with connect(server_url, 60) as connection, connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        yield server_url._replace(database=name)
        cursor.execute(f"DROP DATABASE {name}")


@pytest.fixture
def open_connection(database_url: DatabaseUrl) -> Iterator[Connect]:
    """Opens connections to it."""
    opened: list[pymysql.Connection[DictCursor]] = []

    def open_one() -> pymysql.Connection[DictCursor]:
        opened.append(connect(database_url, 60))
        return opened[-1]

    yield open_one
    for connection in opened:
        connection.close()


@pytest.fixture
def connection(open_connection: Connect) -> pymysql.Connection[DictCursor]:
    return open_connection()


@pytest.fixture
def url_text(database_url: DatabaseUrl) -> str:
    return text_of(database_url)


@pytest.fixture
def planetscale(
    server_url: DatabaseUrl, monkeypatch: pytest.MonkeyPatch
) -> Iterator[PlanetScaleOverDatabases]:
    """A fake PlanetScale whose branch `main` is an empty database."""
    planetscale = PlanetScaleOverDatabases(monkeypatch, server_url)
    yield planetscale
    planetscale.drop()
