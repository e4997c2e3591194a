"""What PlanetScale refuses in a schema, by the codes of its documentation ("Schema lint errors").

The rules are those that its pages of 2026 give; the texts are our own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from shared.settings.database_url import DatabaseUrl
from tests.planetscale.schema_of_database import Column, KeyPart, Schema, Table, read_schema

DOCS = "https://planetscale.com/docs/vitess/schema-changes/schema-lint-errors"
ENGINES = {"InnoDB"}
CHARSETS = {"utf8", "utf8mb3", "utf8mb4", "latin1", "ascii"}
PARTITIONING = ("RANGE", "HASH", "KEY", "LINEAR HASH", "LINEAR KEY", "RANGE COLUMNS")
MOST_TABLES, MOST_COLUMNS = 2048, 1017  # PlanetScale documentation, "System limits"

Keyspaces = Mapping[str, Any]  # as in migrations/vschema.json
Found = Iterator[tuple[str, str]]  # the table, and what is wrong with it


class LintError(NamedTuple):
    """In the form of the API ("Lint a branch schema")."""

    lint_error: str
    table_name: str
    error_description: str
    docs_url: str
    keyspace_name: str = "latchkey"
    subject_type: str = "table_error"


def lint(url: DatabaseUrl) -> list[LintError]:
    """What is wrong in a database that has no shards."""
    schema = read_schema(url)
    return [error for code, check in CHECKS.items() for error in _errors(code, check(schema))]


def lint_keyspaces(url: DatabaseUrl, keyspaces: Keyspaces) -> list[LintError]:
    """What would be wrong besides if its tables lay in these."""
    schema = read_schema(url)
    checks = KEYSPACE_CHECKS.items()
    return [error for code, check in checks for error in _errors(code, check(schema, keyspaces))]


def _errors(code: str, found: Found) -> list[LintError]:
    page = f"{DOCS}/{code.lower().replace('_', '-')}"
    return [LintError(code, table, text, page) for table, text in found]


# Keys


def _no_unique_key(schema: Schema) -> Found:
    for table in schema.tables.values():
        if not any(_identifies(table, key) for key in table.unique_keys.values()):
            yield table.name, f"table {table.name} has no unique key whose columns are NOT NULL"


def _identifies(table: Table, key: list[KeyPart]) -> bool:
    return all(
        part.prefix is None
        and not table.columns[part.column].is_nullable
        and not table.columns[part.column].is_blob
        for part in key
    )


def _blob_in_unique_key(schema: Schema) -> Found:
    for table in schema.tables.values():
        for part in table.primary_key:
            if table.columns[part.column].is_blob:
                yield table.name, f"{part.column} is a BLOB or TEXT in the primary key"


def _partial_key_in_unique_key(schema: Schema) -> Found:
    for table in schema.tables.values():
        for part in table.primary_key:
            if part.prefix is not None and not table.columns[part.column].is_blob:
                yield table.name, f"only a part of {part.column} is in the primary key"


# Foreign keys


def _foreign_keys_disallowed(schema: Schema) -> Found:
    for table in schema.tables.values():
        if table.references:
            yield table.name, f"table {table.name} has a foreign key"


def _foreign_keys_nonexistent_table(schema: Schema) -> Found:
    known = {*schema.tables, *schema.views}
    for table in schema.tables.values():
        for name in set(table.references) - known:
            yield table.name, f"a foreign key of {table.name} names {name}, which does not exist"


def _foreign_keys_referenced_view(schema: Schema) -> Found:
    for table in schema.tables.values():
        for name in set(table.references) & set(schema.views):
            yield table.name, f"a foreign key of {table.name} names the view {name}"


def _foreign_keys_circular_dependency(schema: Schema) -> Found:
    for name in schema.tables:
        if name in _behind(schema, name):
            yield name, f"the foreign keys of {name} lead back to it"


def _foreign_keys_unresolved(schema: Schema) -> Found:
    """What depends on a table whose own place in the order cannot be found."""
    circular = {name for name, _ in _foreign_keys_circular_dependency(schema)}
    missing = {name for name, _ in _foreign_keys_nonexistent_table(schema)}
    for name in schema.tables.keys() - circular:
        if _behind(schema, name) & (circular | missing):
            yield name, f"table {name} depends on foreign keys that cannot be resolved"


def _behind(schema: Schema, name: str) -> set[str]:
    """All tables that the foreign keys of one lead to."""
    found: set[str] = set()
    following = [name]
    while following:
        table = schema.tables.get(following.pop())
        new = set(table.references if table else ()) - found
        found |= new
        following += new
    return found


# What tables and views are made of


def _invalid_charset(schema: Schema) -> Found:
    for table in schema.tables.values():
        charsets = {column.charset for column in table.columns.values()} - {None}
        for charset in {*charsets, table.collation.partition("_")[0]} - CHARSETS - {"binary"}:
            yield table.name, f"table {table.name} has the charset {charset}"


def _unsupported_feature(schema: Schema) -> Found:
    for table in schema.tables.values():
        if table.engine not in ENGINES:
            yield table.name, f"table {table.name} has the engine {table.engine}"
        if len(table.columns) > MOST_COLUMNS:
            yield table.name, f"table {table.name} has more than {MOST_COLUMNS} columns"
    for view in schema.views.values():
        if re.search(r"\bjson_table\b", view.definition, re.IGNORECASE):
            yield view.name, f"the view {view.name} uses JSON_TABLE"
    if len(schema.tables) + len(schema.views) > MOST_TABLES:
        yield "", f"there are more than {MOST_TABLES} tables and views"


def _duplicate_enum_value(schema: Schema) -> Found:
    for table in schema.tables.values():
        for column in table.columns.values():
            values = _enum_values(column)
            if len(set(values)) < len(values):
                yield table.name, f"{table.name}.{column.name} has a value more than once"


def _enum_values(column: Column) -> list[str]:
    if not column.type.lower().startswith("enum("):
        return []
    return re.findall(r"'((?:[^']|'')*)'", column.type)


def _unsupported_partitioning_feature(schema: Schema) -> Found:
    for table in schema.tables.values():
        for method, below in table.partitioning:
            if method not in PARTITIONING or below:
                text = f"{method} with {below}" if below else method
                yield table.name, f"table {table.name} is partitioned by {text}"


def _invalid_table_referenced_in_view(schema: Schema) -> Found:
    known = {*schema.tables, *schema.views}
    for view in schema.views.values():
        for name in set(view.tables) - known:
            yield view.name, f"the view {view.name} names {name}, which does not exist"


def _invalid_column_referenced_in_view(schema: Schema) -> Found:
    known = {*schema.tables, *schema.views}
    for view in schema.views.values():
        if not view.is_valid and known.issuperset(view.tables):
            yield view.name, f"the view {view.name} names a column that does not exist"


# Keyspaces


def _unsupported_sharded_feature(schema: Schema, keyspaces: Keyspaces) -> Found:
    for keyspace in _sharded(keyspaces):
        for name in keyspace["tables"]:
            if name in schema.views:
                yield name, f"the view {name} is in a keyspace with shards"
            for column in schema.tables[name].columns.values() if name in schema.tables else ():
                if "auto_increment" in column.extra.lower():
                    yield name, f"{name}.{column.name} is AUTO_INCREMENT, and needs a sequence"


def _invalid_vschema(schema: Schema, keyspaces: Keyspaces) -> Found:
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


CHECKS: Mapping[str, Callable[[Schema], Found]] = {
    "NO_UNIQUE_KEY": _no_unique_key,
    "FOREIGN_KEYS_DISALLOWED": _foreign_keys_disallowed,
    "INVALID_CHARSET": _invalid_charset,
    "UNSUPPORTED_FEATURE": _unsupported_feature,
    "DUPLICATE_ENUM_VALUE": _duplicate_enum_value,
    "UNSUPPORTED_PARTITIONING_FEATURE": _unsupported_partitioning_feature,
    "INVALID_TABLE_REFERENCED_IN_VIEW": _invalid_table_referenced_in_view,
    "INVALID_COLUMN_REFERENCED_IN_VIEW": _invalid_column_referenced_in_view,
    "BLOB_IN_UNIQUE_KEY": _blob_in_unique_key,
    "PARTIAL_KEY_IN_UNIQUE_KEY": _partial_key_in_unique_key,
    "FOREIGN_KEYS_CIRCULAR_DEPENDENCY": _foreign_keys_circular_dependency,
    "FOREIGN_KEYS_NONEXISTENT_TABLE": _foreign_keys_nonexistent_table,
    "FOREIGN_KEYS_REFERENCED_VIEW": _foreign_keys_referenced_view,
    "FOREIGN_KEYS_UNRESOLVED": _foreign_keys_unresolved,
}
KEYSPACE_CHECKS: Mapping[str, Callable[[Schema, Keyspaces], Found]] = {
    "UNSUPPORTED_SHARDED_FEATURE": _unsupported_sharded_feature,
    "INVALID_VSCHEMA": _invalid_vschema,
}
NOT_OURS = {
    "UNSPECIFIED": "has no rule of its own: it is what has no other code",
    "INVALID_ROUTING_RULES": "is about routing rules, and we have none",
}
