"""`make plans`: what Vitess's planner makes of every statement, in files that a person can read.

Each module that has statements has a file in `plans/`. Where there is no Go, statements that are
new or changed are noted as not planned, which `make test-witnesses` refuses where there is one.
"""

from __future__ import annotations

import hashlib
import re
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from migrations.files import FOLDER as MIGRATIONS
from tests.witnesses import planner, scaling_page
from tests.witnesses.layouts import VSCHEMA, layouts_of_new_server
from tests.witnesses.planner import Layout, Plan, Planner
from tests.witnesses.samples import with_sample_values
from tests.witnesses.statements import Statement, statements_of_code, statements_of_migrations

PLANS = Path(__file__).parent / "plans"
MADE_FROM = PLANS / "made-from"
# Vitess gives a column that has a lookup a value, but not what another column holds. These run
# between two migrations of a database that has no shards yet.
BEFORE_SHARDS = frozenset({"backfill.FILL_PRINCIPALS", "backfill.FILL_CREATION_KEYS"})
NOT_PLANNED = "not planned: there was no Go where `make plans` ran\n"


class Entry(NamedTuple):
    """A statement in a file of plans: its text, and its plans as they stand there."""

    name: str
    text: str
    plans: str

    def __str__(self) -> str:
        return f"=== {self.name}\n{self.text}\n--- {self.plans}"


def main() -> int:
    """Write the plans and the table of docs/scaling.md; answers the exit code."""
    kept = {entry.name: entry for entry in read()} if made_from() == _read(MADE_FROM) else {}
    go = planner.go_command()
    try:
        pages = render(go) if go else _noted(kept)
    except planner.Refused as refused:
        return _said(str(refused), 1)
    for file in PLANS.glob("*.txt"):
        file.unlink()
    for page, content in pages.items():
        (PLANS / f"{page}.txt").write_text(content)
    MADE_FROM.write_text(made_from())
    scaling_page.write(read())
    return _said(f"{len(read())} statements in {len(pages)} files below {PLANS}", 0)


def read() -> list[Entry]:
    """The entries of all files, in their order."""
    return [entry for file in sorted(PLANS.glob("*.txt")) for entry in _entries(file)]


def statements() -> list[Statement]:
    """What has to have a plan."""
    return [*statements_of_code(), *statements_of_migrations()]


def written(statement: Statement) -> str:
    """A statement's text as its entry has it."""
    return textwrap.dedent(statement.text.strip("\n")).strip()


def made_from() -> str:
    """What the plans depend on, beside the statements: Vitess, the schema and the VSchema."""
    files = [*sorted(MIGRATIONS.glob("[0-9]*.sql")), VSCHEMA]
    hashes = [f"{file.name} {hashlib.sha256(file.read_bytes()).hexdigest()}" for file in files]
    return "\n".join([f"vitess.io/vitess {planner.vitess_version()}", *hashes, ""])


def render(go: str) -> dict[str, str]:
    """The text of each file; raises Refused, which names the statement that is not planned."""
    with (
        tempfile.TemporaryDirectory() as folder,
        planner.built_planner(go) as built,
        ThreadPoolExecutor(2) as pool,
    ):
        layouts = layouts_of_new_server(Path(folder))
        plans = pool.map(lambda one: _plans(built, one, layouts), statements())
        return _pages(dict(zip((one.name for one in statements()), plans, strict=True)).get)


def _noted(kept: Mapping[str, Entry]) -> dict[str, str]:
    texts = {one.name: written(one) for one in statements()}
    same = {name: entry.plans for name, entry in kept.items() if texts.get(name) == entry.text}
    return _pages(lambda name: same.get(name, NOT_PLANNED))


def _pages(plans_of: Callable[[str], str | None]) -> dict[str, str]:
    pages: dict[str, list[str]] = {}
    for one in statements():
        entry = Entry(one.name, written(one), plans_of(one.name) or NOT_PLANNED)
        pages.setdefault(one.page, [f"{one.module}; see README.md\n"]).append(str(entry))
    return {page: "\n".join(entries) for page, entries in pages.items()}


def _plans(built: Planner, statement: Statement, layouts: Mapping[str, Layout]) -> str:
    keyspace = "latchkey"
    text = with_sample_values(statement.text)
    parts = []
    for name, layout in layouts.items():
        try:
            lines = "".join(_lines(built.plan(text, layout, keyspace)))
        except planner.Refused as refused:
            if layout.shards == 1 or statement.name not in BEFORE_SHARDS:
                raise planner.Refused(f"{statement.name}, {name}: {refused}\n{text}") from None
            lines = f"{scaling_page.REFUSED}: {refused}\n"
        parts.append(f"{name}\n{lines}")
    return "--- ".join(parts)


def _lines(plan: Plan) -> Iterator[str]:
    yield from (f"{step}\n" for step in plan.steps)
    for query in plan.queries:
        yield f"-> {' '.join(query.shards)}: {query.sql}\n"


def _entries(file: Path) -> Iterator[Entry]:
    for part in re.split(r"^=== ", file.read_text(), flags=re.MULTILINE)[1:]:
        name, _, rest = part.partition("\n")
        text, _, plans = rest.partition("\n--- ")
        yield Entry(name, text, plans.rstrip("\n") + "\n")


def _read(file: Path) -> str:
    return file.read_text() if file.exists() else ""


def _said(text: str, status: int) -> int:
    print(text)
    return status


if __name__ == "__main__":
    sys.exit(main())
