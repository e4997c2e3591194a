"""migrations/vschema.json fits the schema, and every statement's way to its shards is known."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.schema import schema

ROOT = Path(__file__).parents[2]
KEYSPACES = json.loads((ROOT / "migrations/vschema.json").read_text())["keyspaces"]
UNSHARDED, SHARDED = KEYSPACES["latchkey"], KEYSPACES["latchkey_sharded"]
TABLES = SHARDED["tables"]
LOOKUPS = {name: vindex for name, vindex in SHARDED["vindexes"].items() if "owner" in vindex}
SCHEMA = schema()
MODULES = [
    *(
        f"shared.database.{path.stem}"
        for path in sorted((ROOT / "shared/database").glob("[a-z]*.py"))
    ),
    "migrations.sweep",
]
PARTS = r";|UNION ALL \("  # what travels in one packet, or in one statement
STATEMENT = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE)\s")


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


def statements() -> Iterator[tuple[str, str]]:
    """Each statement with its name: `issues.CREATE 1` and `issues.CREATE 2` travel together."""
    for name in MODULES:
        for constant, text in vars(importlib.import_module(name)).items():
            is_public = constant.isupper() and not constant.startswith("_")
            if is_public and isinstance(text, str) and STATEMENT.match(text):
                yield from numbered(f"{name.rpartition('.')[2]}.{constant}", text)


def numbered(name: str, text: str) -> Iterator[tuple[str, str]]:
    parts = [" ".join(part.split()) for part in re.split(PARTS, text)]
    for number, part in enumerate(parts, start=1):
        yield (f"{name} {number}" if len(parts) > 1 else name), part


def table_of(statement: str) -> str:
    return re.search(r"(?:INTO|UPDATE(?: IGNORE)?|FROM) (?!DUAL)(\w+)", statement)[1]


def way(statement: str) -> str:
    """Where Vitess sends it: to one shard, by a lookup to one shard, or to all of them."""
    table = table_of(statement)
    named = columns_named(statement)
    if sharding_key(table) in named:
        return "one shard"
    return "lookup" if named & set(vindex_columns(table)) else "all shards"


def columns_named(statement: str) -> set[str]:
    """The columns that are given one value: those of an INSERT, or those compared with `=`."""
    if inserted := re.match(r"INSERT INTO \w+ \(([^)]+)\)", statement):
        return set(re.split(r",\s*", inserted[1]))
    without_subqueries = re.sub(r"NOT EXISTS \(.*?\)s?\)", "", statement)
    condition = without_subqueries.partition(" WHERE ")[2]
    return set(re.findall(r"(\w+) = %\(", condition))


def moves_a_vindex_column(statement: str) -> bool:
    """Whether ON DUPLICATE KEY UPDATE assigns one in a form that Vitess refuses."""
    assignments = statement.partition("ON DUPLICATE KEY UPDATE ")[2]
    pairs = re.findall(r"(\w+) = ((?:VALUES\()?[\w.]+)", assignments)
    return any(
        column in vindex_columns(table_of(statement)) and value != f"VALUES({column}"
        for column, value in pairs
    )


def documented(title: str) -> dict[str, str]:
    """The first two columns of a table in docs/scaling.md."""
    parts = re.split(r"^#+ (.+)\n", (ROOT / "docs/scaling.md").read_text(), flags=re.MULTILINE)
    table = parts[parts.index(title) + 1]
    found = re.findall(r"^\| ((?:`[^`]+`(?:, )?)+) \| ([^|]+?) \|", table, re.MULTILINE)
    return {name: to for names, to in found for name in re.findall(r"`([^`]+)`", names)}


STATEMENTS = dict(statements())


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


def test_the_way_of_a_statement_is_as_documented():
    ways = {name: way(statement) for name, statement in STATEMENTS.items()}
    table = documented("Where each statement goes")

    assert table
    assert table == {name: ways.get(name) for name in table}


def test_only_lists_and_the_daily_sweep_go_to_all_shards():
    to_all = {name: text for name, text in STATEMENTS.items() if way(text) == "all shards"}
    lists = {name for name, text in to_all.items() if "ORDER BY id DESC LIMIT %(rows)s" in text}

    assert to_all.keys() - lists == {"sweep.SWEEP_THROTTLES", "sweep.SWEEP_DELETED_ACCOUNTS"}


def test_what_vitess_refuses_on_shards_is_documented():
    refused = {name for name, text in STATEMENTS.items() if moves_a_vindex_column(text)}

    assert set(documented("What has to change first")) == refused


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("SELECT id FROM issues WHERE assignee_id = %(owner)s AND id < %(b)s", "one shard"),
        ("SELECT id FROM issues WHERE id = %(id)s", "lookup"),
        ("SELECT id FROM issues WHERE status = %(status)s LIMIT 1", "all shards"),
        (
            "DELETE FROM issues WHERE status = %(s)s AND NOT EXISTS "
            "(SELECT 1 FROM deleted_accounts WHERE principal_id = %(owner)s)",
            "all shards",
        ),
        ("INSERT INTO users (email, name) VALUES (%(email)s, %(name)s)", "one shard"),
        ("UPDATE issues SET assignee_id = %(a)s WHERE title = %(t)s", "all shards"),
    ],
)
def test_the_way_is_told_by_the_columns_that_are_given_one_value(statement, expected):
    assert way(statement) == expected


@pytest.mark.parametrize(
    ("assignment", "expected"),
    [
        ("email = users.email", True),
        ("email = VALUES(email)", False),
        ("name = users.name", False),
        ("name = users.name, email = VALUES(name)", True),
    ],
)
def test_a_vindex_column_may_be_assigned_its_own_value_alone(assignment, expected):
    statement = f"INSERT INTO users (email) VALUES ('a') ON DUPLICATE KEY UPDATE {assignment}"

    assert moves_a_vindex_column(statement) is expected
