"""The schema of a real database, as its information_schema tells it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import NamedTuple

import pymysql
from pymysql.constants import ER

from shared.database.connection import connect
from shared.settings.database_url import DatabaseUrl

_TABLES = """
    SELECT table_name, engine, table_collation FROM information_schema.tables
     WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'
       AND table_name NOT LIKE '\\_vt\\_%'
"""
_VIEWS = """
    SELECT table_name, view_definition FROM information_schema.views WHERE table_schema = DATABASE()
"""
_COLUMNS = """
    SELECT table_name, column_name, column_type, is_nullable, character_set_name, extra
      FROM information_schema.columns WHERE table_schema = DATABASE()
     ORDER BY table_name, ordinal_position
"""
_KEYS = """
    SELECT table_name, index_name, column_name, sub_part FROM information_schema.statistics
     WHERE table_schema = DATABASE() AND non_unique = 0
     ORDER BY table_name, index_name, seq_in_index
"""
_FOREIGN_KEYS = """
    SELECT DISTINCT table_name, referenced_table_name FROM information_schema.key_column_usage
     WHERE table_schema = DATABASE() AND referenced_table_name IS NOT NULL
"""
_PARTITIONS = """
    SELECT DISTINCT table_name, partition_method, subpartition_method
      FROM information_schema.partitions
     WHERE table_schema = DATABASE() AND partition_method IS NOT NULL
"""


class Column(NamedTuple):
    name: str
    type: str  # with its length, and the values of an ENUM
    is_nullable: bool
    charset: str | None
    extra: str

    @property
    def is_blob(self) -> bool:
        return re.search(r"(blob|text)\b", self.type) is not None


class KeyPart(NamedTuple):
    column: str
    prefix: int | None  # characters of the value that are in the key, None for all


class Table(NamedTuple):
    name: str
    engine: str
    collation: str
    columns: Mapping[str, Column]
    unique_keys: Mapping[str, Sequence[KeyPart]]  # PRIMARY among them
    references: Sequence[str]  # the tables that its foreign keys name
    partitioning: Sequence[tuple[str, str | None]]  # its methods, for partitions and subpartitions

    @property
    def primary_key(self) -> Sequence[KeyPart]:
        return self.unique_keys.get("PRIMARY", ())


class View(NamedTuple):
    name: str
    definition: str
    is_valid: bool  # the server can read it

    @property
    def tables(self) -> list[str]:
        return re.findall(r"(?:from|join) \(*`[^`]+`\.`([^`]+)`", self.definition, re.IGNORECASE)


class Schema(NamedTuple):
    tables: Mapping[str, Table]
    views: Mapping[str, View]


def read_schema(url: DatabaseUrl) -> Schema:
    with closing(connect(url, 60)) as connection:
        cursor = connection.cursor(pymysql.cursors.Cursor)

        def rows(statement: str) -> list[tuple[str, ...]]:
            cursor.execute(statement)
            return [tuple(row) for row in cursor.fetchall()]

        columns, keys = rows(_COLUMNS), rows(_KEYS)
        foreign_keys, partitions = rows(_FOREIGN_KEYS), rows(_PARTITIONS)
        tables = {
            name: Table(
                name,
                engine,
                collation,
                {one.name: one for one in map(_column, _of(name, columns))},
                _keys(_of(name, keys)),
                [referenced for (referenced,) in _of(name, foreign_keys)],
                [(method, below) for (method, below) in _of(name, partitions)],
            )
            for name, engine, collation in rows(_TABLES)
        }
        views = {
            name: View(name, definition, _is_valid(cursor, name))
            for name, definition in rows(_VIEWS)
        }
    return Schema(tables, views)


def _of(table: str, rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [row[1:] for row in rows if row[0] == table]


def _column(row: Sequence[str]) -> Column:
    name, kind, is_nullable, charset, extra = row
    return Column(name, kind, is_nullable == "YES", charset, extra)


def _keys(rows: Sequence[Sequence[str]]) -> dict[str, list[KeyPart]]:
    keys: dict[str, list[KeyPart]] = {}
    for index, column, prefix in rows:
        keys.setdefault(index, []).append(KeyPart(column, int(prefix) if prefix else None))
    return keys


def _is_valid(cursor: pymysql.cursors.Cursor, view: str) -> bool:
    try:
        cursor.execute(f"SELECT 1 FROM `{view}` LIMIT 0")
    except pymysql.MySQLError as error:
        if error.args[0] not in (ER.VIEW_INVALID, ER.NO_SUCH_TABLE, ER.BAD_FIELD_ERROR):
            raise
        return False
    return True
