"""The table in docs/fidelity.md of the real parts, from the records in `docs/fidelity/`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tests.fidelity.part import Part
from tests.fidelity.parts import PARTS
from tests.fidelity.records import KEPT, ROOT, Record, read
from tests.witnesses import identity_page

PAGE = ROOT / "docs/fidelity.md"
CI = ROOT / ".ci/run"
HEAD = "| real part | version | date | how | checks | differences |\n|---|---|---|---|---|---|\n"


def write() -> None:
    """Put all tables that the tests know in the place of those that are there."""
    made = table(read(KEPT))
    PAGE.write_text(re.sub(rf"{re.escape(HEAD)}(\|.*\n)*", lambda _: made, PAGE.read_text()))
    identity_page.main()


def table(records: Mapping[str, Record]) -> str:
    """A row for each part, also for one that nobody has run."""
    ci = CI.read_text()
    return HEAD + "".join(row(part, records.get(key), ci) for key, part in PARTS.items())


def row(part: Part, record: Record | None, ci: str) -> str:
    """The row of a part; `ci` is the text of what CI runs."""
    too = ", in `.ci/run` too" if part.target in ci else ""
    how = f"`{part.target}`{too}: {part.what}"
    if record is None:
        return _line(part.name, "–", "–", how, "none yet", "not known")
    differs = part.differences or "none"
    failed = f"; failed: {_code(record.failed)}" if record.failed else ""
    date = record.finished[: len("2026-11-28")]
    return _line(part.name, record.version, date, how, checks(record), f"{differs}{failed}")


def checks(record: Record) -> str:
    """How many have passed, by kind, how many have failed, and how many were not run."""
    skipped = sum(record.skipped.values())
    return "; ".join(
        [
            ", ".join(f"{count:,} {kind}" for kind, count in record.passed.items()),
            *([f"**{len(record.failed)} failed**"] if record.failed else []),
            *([f"{skipped} skipped"] if skipped else []),
        ]
    )


def _code(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |\n"
