"""migrations/vschema.json fits the schema; tests/unit/test_plans.py has what Vitess makes of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.unit.schema import schema

ROOT = Path(__file__).parents[2]
KEYSPACES = json.loads((ROOT / "migrations/vschema.json").read_text())["keyspaces"]
UNSHARDED, SHARDED = KEYSPACES["latchkey"], KEYSPACES["latchkey_sharded"]
TABLES = SHARDED["tables"]
LOOKUPS = {name: vindex for name, vindex in SHARDED["vindexes"].items() if "owner" in vindex}
SCHEMA = schema()


def sharding_key(table: str) -> str:
    return TABLES[table]["column_vindexes"][0]["column"]


def vindex_columns(table: str) -> list[str]:
    return [vindex["column"] for vindex in TABLES[table]["column_vindexes"]]


def unique_keys(table: str) -> list[list[str]]:
    """The columns of each unique key, the primary one among them."""
    found = re.findall(
        r"^(?:PRIMARY KEY|UNIQUE KEY \w+) \(([^)]+)\)", "\n".join(SCHEMA[table]), re.MULTILINE
    )
    return [re.split(r",\s*", columns) for columns in found]


def test_every_table_of_the_migrations_is_sharded():
    assert set(TABLES) == set(SCHEMA)


@pytest.mark.parametrize("table", TABLES)
def test_the_columns_of_vindexes_exist_and_the_sharding_key_is_never_null(table):
    columns = dict(part.split(" ", 1) for part in SCHEMA[table])

    assert set(vindex_columns(table)) <= set(columns)
    assert "NOT NULL" in columns[sharding_key(table)]


def test_ids_come_from_a_sequence_where_they_came_from_auto_increment():
    columns = {
        table: [part.split()[0] for part in parts if part.endswith("AUTO_INCREMENT")]
        for table, parts in SCHEMA.items()
    }

    assert {
        table: [sharded["auto_increment"]["column"]] if "auto_increment" in sharded else []
        for table, sharded in TABLES.items()
    } == columns


def test_every_sequence_is_a_table_of_the_unsharded_keyspace():
    named = {
        table["auto_increment"]["sequence"]
        for table in TABLES.values()
        if "auto_increment" in table
    }
    declared = [name for name, table in UNSHARDED["tables"].items() if "type" in table]

    assert named == {f"latchkey.{name}" for name in declared}


@pytest.mark.parametrize("table", TABLES)
def test_what_is_unique_stays_unique_over_all_shards(table):
    held = [sharding_key(table), *(vindex["column"] for vindex in lookups_of(table))]

    assert [key for key in unique_keys(table) if not set(key) & set(held)] == []


def lookups_of(table: str) -> list[dict[str, str]]:
    return [one for one in TABLES[table]["column_vindexes"] if one["name"] in LOOKUPS]


@pytest.mark.parametrize("name", LOOKUPS)
def test_a_lookup_is_unique_has_its_table_and_belongs_to_the_table_that_uses_it(name):
    lookup = LOOKUPS[name]
    keyspace, _, table = lookup["params"]["table"].partition(".")

    assert lookup["type"] == "consistent_lookup_unique"
    assert table in KEYSPACES[keyspace]["tables"]
    assert {"column": lookup["params"]["from"], "name": name} in lookups_of(lookup["owner"])


def test_who_writes_and_whether_they_may_are_on_one_shard():
    assert {table["column_vindexes"][0]["name"] for table in TABLES.values()} == {"xxhash"}
