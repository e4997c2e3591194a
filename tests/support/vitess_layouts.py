"""How the tables lie under a Vitess of the tests: in one database, or over two shards."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from migrations.files import FOLDER

VSCHEMA = FOLDER / "vschema.json"
LOOKUP_TYPES = {
    "id": "BIGINT UNSIGNED",
    "principal_id": "VARCHAR(128) COLLATE utf8mb4_bin",
    "creation_key": "CHAR(64) COLLATE utf8mb4_bin",
}
# A table of the tests, `notes`, is divided like one of ours, but has no lookup.
NOTES = {"column_vindexes": [{"column": "id", "name": "xxhash"}]}


class Layout(NamedTuple):
    """`database` is what a client connects to; `shards` are those of each keyspace."""

    database: str
    shards: Mapping[str, tuple[str, ...]]
    vschema: Mapping[str, Any]

    @property
    def databases(self) -> Iterator[str]:
        """Those of MySQL: one for each shard, named as the topology does."""
        return (name_at_mysql(*place) for place in self._places())

    def _places(self) -> Iterator[tuple[str, str]]:
        return ((keyspace, shard) for keyspace, all_ in self.shards.items() for shard in all_)

    def topology(self) -> str:
        """What vtcombo is told: each shard has one tablet, since there is one MySQL."""
        keyspaces = [
            {
                "name": keyspace,
                "shards": [
                    {"name": shard, "dbNameOverride": name_at_mysql(keyspace, shard)}
                    for shard in shards
                ],
                "replicaCount": 1,
                "rdonlyCount": -1,
            }
            for keyspace, shards in self.shards.items()
        ]
        return json.dumps({"cells": ["local"], "keyspaces": keyspaces})

    def write_vschemas(self, folder: Path) -> None:
        """One file for each keyspace, where vtcombo looks for it."""
        for keyspace, described in self.vschema.items():
            (folder / keyspace).mkdir(parents=True)
            (folder / keyspace / "vschema.json").write_text(json.dumps(described))

    def tables_of_vitess(self) -> Iterator[str]:
        """Statements that make the sequences and the lookup tables (docs/scaling.md)."""
        for keyspace in self.vschema.values():
            for name, table in keyspace["tables"].items():
                if table.get("type") == "sequence":
                    yield (
                        f"CREATE TABLE {name} (id BIGINT, next_id BIGINT, cache BIGINT,"
                        " PRIMARY KEY (id)) COMMENT 'vitess_sequence'"
                    )
                    yield f"INSERT INTO {name} (id, next_id, cache) VALUES (0, 1, 1000)"
            for vindex in keyspace.get("vindexes", {}).values():
                if "owner" in vindex:
                    yield _lookup(**vindex["params"])


def name_at_mysql(keyspace: str, shard: str) -> str:
    return keyspace if shard == "0" else f"{keyspace}_{shard}"


def _lookup(table: str, to: str, **params: str) -> str:
    column = params["from"]
    return (
        f"CREATE TABLE {table.partition('.')[2]} ({column} {LOOKUP_TYPES[column]},"
        f" {to} VARBINARY(10), PRIMARY KEY ({column}))"
    )


def unsharded() -> Layout:
    """One keyspace, without shards, as a new database at PlanetScale."""
    return Layout("latchkey", {"latchkey": ("0",)}, {})


def two_shards() -> Layout:
    """The keyspaces of migrations/vschema.json. `@primary` is any of them: the one of the table."""
    keyspaces = json.loads(VSCHEMA.read_text())["keyspaces"]
    keyspaces["latchkey_sharded"]["tables"]["notes"] = NOTES
    shards = {"latchkey": ("0",), "latchkey_sharded": ("-80", "80-")}
    return Layout("@primary", shards, keyspaces)


LAYOUTS = {"vitess": unsharded, "vitess-2-shards": two_shards}
