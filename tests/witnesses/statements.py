"""Every statement that the project sends to a database, each under a name.

A constant gives its statements the name `issues.CREATE 1`, and a text in a call
`history: SHOW TABLES`. The numbers are those of the statements of a batch, which travel together.
"""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from migrations.files import read_migrations

ROOT = Path(__file__).parents[2]
VERBS = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP|TRUNCATE|SHOW)\s")


class Statement(NamedTuple):
    """One statement of `module`, such as `shared/database/issues`; values are `%(name)s`."""

    module: str
    name: str
    text: str

    @property
    def page(self) -> str:
        """What the module is called in front of the statement's name: `issues`."""
        return self.module.rpartition("/")[2]


def batches_of_code() -> Iterator[Statement]:
    """What shared/, functions/ and migrations/ send in one packet each."""
    for part in ("shared", "functions", "migrations"):
        for path in sorted((ROOT / part).rglob("[a-z]*.py")):
            module = path.relative_to(ROOT).with_suffix("").as_posix()
            yield from _batches(path, module)


def statements_of_code() -> Iterator[Statement]:
    """Every statement in shared/, functions/ and migrations/."""
    for batch in batches_of_code():
        parts = [part for part in batch.text.split(";") if part.strip()]
        for number, part in enumerate(parts, start=1):
            name = f"{batch.name} {number}" if len(parts) > 1 else batch.name
            yield Statement(batch.module, name, part)


def statements_of_migrations() -> Iterator[Statement]:
    """Every statement of the .sql files."""
    for migration in read_migrations():
        for number, text in enumerate(migration.statements, start=1):
            yield Statement(f"migrations/{migration.name}", f"{migration.name} {number}", text)


def _batches(path: Path, module: str) -> Iterator[Statement]:
    page = path.stem
    constants = {} if path.parent.name == "functions" else _constants(module)
    for name, text in constants.items():
        yield Statement(module, f"{page}.{name}", text)
    for text in dict.fromkeys(_literals(path)):
        if text not in constants.values():
            yield Statement(module, f"{page}: {' '.join(text.split())}", text)


def _constants(module: str) -> dict[str, str]:
    """A module's constants as they are once they are put together."""
    loaded = importlib.import_module(module.replace("/", "."))
    return {
        name: value
        for name, value in vars(loaded).items()
        if name.isupper() and isinstance(value, str) and VERBS.match(value)
    }


def _literals(path: Path) -> list[str]:
    """Texts that stand as they are in a call."""
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    texts = [one.value for call in calls for one in call.args if isinstance(one, ast.Constant)]
    return [text for text in texts if isinstance(text, str) and VERBS.match(text)]
