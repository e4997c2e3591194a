"""Deploying the schema of one branch into another, and taking it back, with the rows kept.

As Vitess does it (vitess.io, "Online DDL"): a changed table is made anew beside the old one, gets
its rows, and takes its place; the old one is held. A revert brings the held tables what was written
in the meantime, and they take their places again. Here both happen at once, without writes.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.planetscale.branches import INTERNAL, Branch

_COLUMNS = """
    SELECT column_name FROM information_schema.columns
     WHERE table_schema = DATABASE() AND table_name = '{table}' AND extra NOT LIKE '%GENERATED%'
"""
_KEY = """
    SELECT column_name FROM information_schema.statistics
     WHERE table_schema = DATABASE() AND table_name = '{table}' AND index_name = 'PRIMARY'
"""


@dataclass
class SchemaChange:
    """What is different: `before` and `after` have a table that is new or gone only once."""

    before: Mapping[str, str]
    after: Mapping[str, str]
    held: dict[str, str] = field(default_factory=dict)  # the old table's name, by table

    @staticmethod
    def between(into: Branch, branch: Branch) -> SchemaChange:
        before, after = into.definitions(), branch.definitions()
        same = {table for table in before if before[table] == after.get(table)}
        return SchemaChange(
            {table: text for table, text in before.items() if table not in same},
            {table: text for table, text in after.items() if table not in same},
        )

    @property
    def tables(self) -> list[str]:
        return sorted({*self.before, *self.after})

    def diff(self, table: str) -> str:
        """The lines that come and go, as a deploy request shows them."""
        before, after = (
            side.get(table, "").splitlines(keepends=True) for side in (self.before, self.after)
        )
        return "".join(line for line in difflib.ndiff(before, after) if line[0] in "+- ")

    def apply(self, into: Branch) -> None:
        for table in self.tables:
            if table in self.after:
                made = f"{INTERNAL}new_{table}" if table in self.before else table
                into.execute(self.after[table].replace(f"`{table}`", f"`{made}`", 1))
            if table in self.before:
                self.held[table] = f"{INTERNAL}hld_{table}"
            if table in self.before and table in self.after:
                _copy(into, table, made)
                into.execute(f"RENAME TABLE {table} TO {self.held[table]}, {made} TO {table}")
            elif table in self.before:
                into.execute(f"RENAME TABLE {table} TO {self.held[table]}")

    def revert(self, into: Branch) -> None:
        for table in self.tables:
            if table in self.after and table in self.before:
                _bring_up_to_date(into, table, self.held[table])
            if table in self.after:
                into.execute(f"DROP TABLE {table}")
            if table in self.before:
                into.execute(f"RENAME TABLE {self.held.pop(table)} TO {table}")

    def end(self, into: Branch) -> None:
        """After this it cannot be reverted."""
        while self.held:
            into.execute(f"DROP TABLE {self.held.popitem()[1]}")


def _copy(branch: Branch, table: str, to: str) -> None:
    columns = ", ".join(_shared_columns(branch, table, to))
    branch.execute(f"INSERT INTO {to} ({columns}) SELECT {columns} FROM {table}")


def _bring_up_to_date(branch: Branch, table: str, held: str) -> None:
    """Delete from the held table what is gone, change and add the rest."""
    key = {name for (name,) in branch.execute(_KEY.format(table=held))}
    same_row = " AND ".join(f"{held}.{column} = now.{column}" for column in key)
    branch.execute(
        f"DELETE FROM {held} WHERE NOT EXISTS (SELECT 1 FROM {table} now WHERE {same_row})"
    )
    columns = _shared_columns(branch, table, held)
    names = ", ".join(columns)
    changes = ", ".join(f"{column} = VALUES({column})" for column in columns)
    rows = f"SELECT {names} FROM {table}"
    branch.execute(f"INSERT INTO {held} ({names}) {rows} ON DUPLICATE KEY UPDATE {changes}")


def _shared_columns(branch: Branch, one: str, other: str) -> list[str]:
    """The columns that have values of their own in both."""
    first, second = (branch.execute(_COLUMNS.format(table=table)) for table in (one, other))
    return [name for (name,) in first if (name,) in second]
