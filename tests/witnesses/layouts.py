"""The two ways in which the tables can lie: without shards, and as migrations/vschema.json says."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pymysql
from pymysql.cursors import DictCursor

from local.database import choose_engine
from migrations.apply import apply
from migrations.files import FOLDER, read_migrations
from shared.database.connection import connect
from shared.settings.database_url import parse_database_url
from tests.witnesses.planner import Layout

SHARDS = 4
_SECONDS = 30
_BITS = {"tinyint": 8, "smallint": 16, "mediumint": 24, "int": 32, "bigint": 64}
VSCHEMA = FOLDER / "vschema.json"

_COLUMNS = """
    SELECT table_name AS of_table, column_name AS name, column_type AS type, column_key AS part_of
      FROM information_schema.columns WHERE table_schema = DATABASE()
     ORDER BY table_name, ordinal_position
"""
# docs/scaling.md says how these are made; the lookup's key has the name of its column.
_SEQUENCE = """
    CREATE TABLE {} (id BIGINT, next_id BIGINT, cache BIGINT, PRIMARY KEY (id))
    comment 'vitess_sequence'
"""
_LOOKUP = "CREATE TABLE {} ({} VARCHAR(128), keyspace_id VARBINARY(10), PRIMARY KEY ({}))"


class Column(NamedTuple):
    """A column as information_schema describes it: `type` is `bigint(20) unsigned`."""

    name: str
    type: str
    is_in_key: bool

    @property
    def vitess_type(self) -> str:
        """Vitess's name of the type: UINT64, VARCHAR."""
        word = re.split(r"\W", self.type)[0].lower()
        bits = _BITS.get(word)
        sign = "UINT" if "unsigned" in self.type.lower() else "INT"
        return f"{sign}{bits}" if bits else word.upper()


def layouts_of_new_server(folder: Path) -> dict[str, Layout]:
    """Both, by their names; a database server that runs in `folder` meanwhile gets the tables."""
    environ = {name: os.environ[name] for name in ("PATH", "DEV_DB") if name in os.environ}
    server = choose_engine(environ, folder, print)
    server.start()
    try:
        with connect(parse_database_url(server.url), _SECONDS) as connection:
            return _layouts(_tables_of_all_times(connection))
    finally:
        server.stop()


def _layouts(tables: Mapping[str, list[Column]]) -> dict[str, Layout]:
    keyspaces = json.loads(VSCHEMA.read_text())["keyspaces"]
    created = [_create(table, columns) for table, columns in tables.items()]
    schema = ";\n".join([*created, *_tables_of_vitess(keyspaces)])
    whole = {"latchkey": {"tables": {table: {} for table in tables}}}
    return {
        "unsharded": Layout(_tracked(whole, tables), 1, schema),
        f"{SHARDS} shards": Layout(_tracked(keyspaces, tables), SHARDS, schema),
    }


def _tables_of_all_times(connection: pymysql.Connection[DictCursor]) -> dict[str, list[Column]]:
    """Each table with the columns that some migration gives it, also if a later one drops them.

    What fills new columns from old ones runs between two migrations.
    """
    found: dict[str, dict[str, Column]] = {}
    for migration in read_migrations():
        apply(connection, [migration], lambda _: None)
        for table, columns in _tables(connection).items():
            found.setdefault(table, {}).update({column.name: column for column in columns})
    return {table: list(columns.values()) for table, columns in found.items()}


def _tables(connection: pymysql.Connection[DictCursor]) -> dict[str, list[Column]]:
    """The columns of each table as it is."""
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS)
        rows = cursor.fetchall()
    tables: dict[str, list[Column]] = {}
    for row in rows:
        column = Column(row["name"], row["type"], row["part_of"] == "PRI")
        tables.setdefault(row["of_table"], []).append(column)
    return tables


def _create(table: str, columns: list[Column]) -> str:
    definitions = [f"{column.name} {column.type}" for column in columns]
    key = [column.name for column in columns if column.is_in_key]
    return f"CREATE TABLE {table} ({', '.join(definitions)}, PRIMARY KEY ({', '.join(key)}))"


def _tracked(
    keyspaces: Mapping[str, Any], tables: Mapping[str, list[Column]]
) -> dict[str, dict[str, Any]]:
    """The keyspaces with the columns of our tables, as vtgate learns them (schema tracking)."""
    return {
        name: keyspace
        | {
            "tables": {
                table: described | _described(tables[table]) if table in tables else described
                for table, described in keyspace["tables"].items()
            }
        }
        for name, keyspace in keyspaces.items()
    }


def _described(columns: list[Column]) -> dict[str, Any]:
    listed = [{"name": column.name, "type": column.vitess_type} for column in columns]
    return {"columns": listed, "column_list_authoritative": True}


def _tables_of_vitess(keyspaces: Mapping[str, Any]) -> list[str]:
    """The sequences and the lookup tables."""
    sequences = [
        _SEQUENCE.format(name)
        for keyspace in keyspaces.values()
        for name, table in keyspace["tables"].items()
        if table.get("type") == "sequence"
    ]
    lookups = [
        _LOOKUP.format(vindex["params"]["table"].partition(".")[2], *[vindex["params"]["from"]] * 2)
        for keyspace in keyspaces.values()
        for vindex in keyspace.get("vindexes", {}).values()
        if "owner" in vindex
    ]
    return sequences + lookups
