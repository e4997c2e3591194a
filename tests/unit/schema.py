"""The tables as they are once every migration has run, read from the texts of the migrations."""

from __future__ import annotations

import re

from migrations.files import read_migrations
from tests.unit.sql_lint import parts_of


def schema() -> dict[str, list[str]]:
    """Each table with its columns and keys, as their definitions."""
    tables: dict[str, list[str]] = {}
    for migration in read_migrations():
        for statement in migration.statements:
            text = " ".join(statement.split())
            kind, table = re.findall(r"\w+", text)[0], re.findall(r"\w+", text)[2]
            if kind == "CREATE":
                tables[table] = parts_of(text.partition("(")[2].rpartition(")")[0])
            for part in parts_of(text) if kind == "ALTER" else ():
                _change(tables[table], part)
    return tables


def _change(parts: list[str], change: str) -> None:
    added = re.sub(r"^ADD (COLUMN )?", "", change)
    dropped = re.match(r"DROP (COLUMN|KEY) (\w+)", change)
    if added != change:
        parts.append(added)
    elif dropped:
        begins = "" if dropped[1] == "COLUMN" else r"(UNIQUE )?KEY "
        parts[:] = [part for part in parts if not re.match(rf"{begins}{dropped[2]}\b", part)]
