"""What a live run found, as pytest's JUnit report tells it, and its row in docs/fidelity.md."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

PAGE = Path(__file__).parents[2] / "docs/fidelity.md"


class Result(NamedTuple):
    """How many tests were run, which of them failed, and why others do not apply."""

    run: int
    failed: tuple[str, ...]
    skipped: Counter[str]

    def why_skipped(self) -> str:
        """A line for each reason, the most frequent one first."""
        return "".join(f"{count:>5} {reason}\n" for reason, count in self.skipped.most_common())


def read(junit: str) -> Result:
    """The result in a report."""
    cases = list(ElementTree.fromstring(junit).iter("testcase"))
    skips = [skip.get("message", "") for case in cases for skip in case.findall("skipped")]
    failed = {case.get("name", ""): None for case in cases for _ in _failures(case)}
    return Result(len(cases) - len(skips), tuple(failed), Counter(skips))


def write_row(name: str, result: Result) -> None:
    """Put the result in the place of the row of this name."""
    made = row(name, result, datetime.now(UTC))
    PAGE.write_text(with_row(PAGE.read_text(), name, made))
    print(f"docs/fidelity.md has a new row: {made}")


def with_row(text: str, name: str, made: str) -> str:
    """The page's text with this row."""
    return re.sub(rf"^\| {re.escape(name)} \|.*$", lambda _: made, text, flags=re.MULTILINE)


def row(name: str, result: Result, moment: datetime) -> str:
    """The row of this result."""
    checks = f"{result.run} tests; {result.skipped.total()} do not apply"
    differs = ", ".join(f"`{one}`" for one in result.failed) or "none"
    return f"| {name} | {moment:%Y-%m-%d} | `make test-live` | {checks} | {differs} |"


def _failures(case: ElementTree.Element) -> list[ElementTree.Element]:
    return [*case.findall("failure"), *case.findall("error")]
