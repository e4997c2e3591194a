"""Looking into the tables of a database, without changing anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import pymysql

from local.database.connection import connect

ROWS_OF_A_PAGE = 50


class Unreadable(RuntimeError):
    """The database does not answer."""


class Table(NamedTuple):
    name: str
    rows: int


class TablePage(NamedTuple):
    """Some rows of a table, from the last one of its primary key; the first page is number 1."""

    table: str
    number: int
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    has_more: bool


def tables(url: str) -> list[Table]:
    """Return every table with its rows, counted; raises Unreadable."""
    with _reading(url) as cursor:
        return [Table(name, _count(cursor, name)) for name in _names(cursor)]


def read_page(url: str, table: str, number: int) -> TablePage | None:
    """Return one page; None where there is no such table. Raises Unreadable."""
    with _reading(url) as cursor:
        if table not in _names(cursor):
            return None
        order = ", ".join(f"`{column}` DESC" for column in _primary_key(cursor, table))
        cursor.execute(
            f"SELECT * FROM `{table}` {f'ORDER BY {order}' if order else ''} "  # noqa: S608
            "LIMIT %s OFFSET %s",
            (ROWS_OF_A_PAGE + 1, (number - 1) * ROWS_OF_A_PAGE),
        )
        found = list(cursor.fetchall())
        columns = [str(column[0]) for column in cursor.description or ()]
    return TablePage(table, number, columns, found[:ROWS_OF_A_PAGE], len(found) > ROWS_OF_A_PAGE)


@contextmanager
def _reading(url: str) -> Iterator[Any]:
    """A cursor in a transaction in which the server refuses every change."""
    try:
        with connect(url) as connection, connection.cursor() as cursor:
            cursor.execute("START TRANSACTION READ ONLY")
            yield cursor
    except (pymysql.Error, OSError) as error:
        raise Unreadable(str(error)) from error


def _names(cursor: Any) -> list[str]:
    cursor.execute("SHOW TABLES")
    return [row[0] for row in cursor.fetchall()]


def _count(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT COUNT(*) FROM `{table}`")  # noqa: S608 - its name is from SHOW TABLES
    return int(cursor.fetchone()[0])


def _primary_key(cursor: Any, table: str) -> list[str]:
    cursor.execute(f"SHOW KEYS FROM `{table}` WHERE Key_name = 'PRIMARY'")
    return [row[4] for row in cursor.fetchall()]
