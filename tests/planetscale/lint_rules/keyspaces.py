"""Rules about tables that lie in keyspaces with shards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.planetscale.lint_rules.found import Found, Keyspaces
from tests.planetscale.schema_of_database import Schema, Table


def unsupported_sharded_feature(schema: Schema, keyspaces: Keyspaces) -> Found:
    for keyspace in _sharded(keyspaces):
        for name in keyspace["tables"]:
            if name in schema.views:
                yield name, f"the view {name} is in a keyspace with shards"
            for column in schema.tables[name].columns.values() if name in schema.tables else ():
                if "auto_increment" in column.extra.lower():
                    yield name, f"{name}.{column.name} is AUTO_INCREMENT, and needs a sequence"


def invalid_vschema(schema: Schema, keyspaces: Keyspaces) -> Found:
    planned = {
        f"{keyspace}.{name}": table
        for keyspace, described in keyspaces.items()
        for name, table in described["tables"].items()
    }
    for keyspace in _sharded(keyspaces):
        for name, table in keyspace["tables"].items():
            if name in schema.tables:
                yield from _misfits(schema.tables[name], table, keyspace["vindexes"], planned)
            else:
                yield name, f"there is no table {name}"
        for name, vindex in keyspace["vindexes"].items():
            lookup = vindex.get("params", {}).get("table")
            if lookup and lookup not in planned:
                yield lookup, f"the vindex {name} has no table {lookup}"


def _misfits(table: Table, described: Any, vindexes: Any, planned: Mapping[str, Any]) -> Found:
    """What is said of a table, and is not so."""
    columns = []
    for vindex in described["column_vindexes"]:
        columns.append(vindex["column"])
        if vindex["name"] not in vindexes:
            yield table.name, f"there is no vindex {vindex['name']}"
    if counter := described.get("auto_increment"):
        columns.append(counter["column"])
        if planned.get(counter["sequence"], {}).get("type") != "sequence":
            yield table.name, f"{counter['sequence']} is not marked as a sequence"
    for column in columns:
        if column not in table.columns:
            yield table.name, f"{table.name} has no column {column}"


def _sharded(keyspaces: Keyspaces) -> list[Any]:
    return [keyspace for keyspace in keyspaces.values() if keyspace.get("sharded")]
