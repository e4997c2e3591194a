"""Rules about unique keys."""

from __future__ import annotations

from tests.planetscale.lint_rules.found import Found
from tests.planetscale.schema_of_database import KeyPart, Schema, Table


def no_unique_key(schema: Schema) -> Found:
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


def blob_in_unique_key(schema: Schema) -> Found:
    for table in schema.tables.values():
        for part in table.primary_key:
            if table.columns[part.column].is_blob:
                yield table.name, f"{part.column} is a BLOB or TEXT in the primary key"


def partial_key_in_unique_key(schema: Schema) -> Found:
    for table in schema.tables.values():
        for part in table.primary_key:
            if part.prefix is not None and not table.columns[part.column].is_blob:
                yield table.name, f"only a part of {part.column} is in the primary key"
