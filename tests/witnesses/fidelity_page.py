"""The row in docs/fidelity.md that says what Vitess's planner has judged, made from the plans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tests.witnesses.planner import vitess_version
from tests.witnesses.scaling_page import DOCS, NOT_PLANNED, REFUSED, way

if TYPE_CHECKING:
    from tests.witnesses.plans import Entry

PAGE = DOCS / "fidelity.md"
NAME = "| Vitess's planner |"


def write(entries: Sequence[Entry]) -> None:
    """Put the row of these entries in the place of the one that is there."""
    PAGE.write_text(
        re.sub(rf"^{re.escape(NAME)}.*\n", row(entries), PAGE.read_text(), flags=re.MULTILINE)
    )


def row(entries: Sequence[Entry]) -> str:
    """How many statements it has planned; the plans are written only if it refuses none."""
    planned = [entry for entry in entries if way(entry).to != NOT_PLANNED]
    later = len(entries) - len(planned)
    checks = f"{len(planned)} statements, each without shards and with four"
    left_out = f"; {later} are not planned yet" if later else ""
    how = "`make test-witnesses`, in `.ci/run` too"
    refused = ", ".join(f"`{one.name}`" for one in entries if way(one).to == REFUSED) or "none"
    differs = f"refused over shards: {refused}"
    return f"{NAME} {vitess_version()} | {how} | {checks}{left_out} | {differs} |\n"
