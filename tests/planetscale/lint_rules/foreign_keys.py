"""Rules about foreign keys."""

from __future__ import annotations

from tests.planetscale.lint_rules.found import Found
from tests.planetscale.schema_of_database import Schema


def disallowed(schema: Schema) -> Found:
    for table in schema.tables.values():
        if table.references:
            yield table.name, f"table {table.name} has a foreign key"


def nonexistent_table(schema: Schema) -> Found:
    known = {*schema.tables, *schema.views}
    for table in schema.tables.values():
        for name in set(table.references) - known:
            yield table.name, f"a foreign key of {table.name} names {name}, which does not exist"


def referenced_view(schema: Schema) -> Found:
    for table in schema.tables.values():
        for name in set(table.references) & set(schema.views):
            yield table.name, f"a foreign key of {table.name} names the view {name}"


def circular_dependency(schema: Schema) -> Found:
    for name in schema.tables:
        if name in _behind(schema, name):
            yield name, f"the foreign keys of {name} lead back to it"


def unresolved(schema: Schema) -> Found:
    """What depends on a table whose own place in the order cannot be found."""
    circular = {name for name, _ in circular_dependency(schema)}
    missing = {name for name, _ in nonexistent_table(schema)}
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
