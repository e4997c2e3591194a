"""Rules about what tables and views are made of."""

from __future__ import annotations

import re

from tests.planetscale.lint_rules.found import Found
from tests.planetscale.schema_of_database import Column, Schema

ENGINES = {"InnoDB"}
CHARSETS = {"utf8", "utf8mb3", "utf8mb4", "latin1", "ascii"}
PARTITIONING = ("RANGE", "HASH", "KEY", "LINEAR HASH", "LINEAR KEY", "RANGE COLUMNS")
MOST_TABLES, MOST_COLUMNS = 2048, 1017  # PlanetScale documentation, "System limits"


def invalid_charset(schema: Schema) -> Found:
    for table in schema.tables.values():
        charsets = {column.charset for column in table.columns.values()} - {None}
        for charset in {*charsets, table.collation.partition("_")[0]} - CHARSETS - {"binary"}:
            yield table.name, f"table {table.name} has the charset {charset}"


def unsupported_feature(schema: Schema) -> Found:
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


def duplicate_enum_value(schema: Schema) -> Found:
    for table in schema.tables.values():
        for column in table.columns.values():
            values = _enum_values(column)
            if len(set(values)) < len(values):
                yield table.name, f"{table.name}.{column.name} has a value more than once"


def _enum_values(column: Column) -> list[str]:
    if not column.type.lower().startswith("enum("):
        return []
    return re.findall(r"'((?:[^']|'')*)'", column.type)


def unsupported_partitioning_feature(schema: Schema) -> Found:
    for table in schema.tables.values():
        for method, below in table.partitioning:
            if method not in PARTITIONING or below:
                text = f"{method} with {below}" if below else method
                yield table.name, f"table {table.name} is partitioned by {text}"


def invalid_table_referenced_in_view(schema: Schema) -> Found:
    known = {*schema.tables, *schema.views}
    for view in schema.views.values():
        for name in set(view.tables) - known:
            yield view.name, f"the view {view.name} names {name}, which does not exist"


def invalid_column_referenced_in_view(schema: Schema) -> Found:
    known = {*schema.tables, *schema.views}
    for view in schema.views.values():
        if not view.is_valid and known.issuperset(view.tables):
            yield view.name, f"the view {view.name} names a column that does not exist"
