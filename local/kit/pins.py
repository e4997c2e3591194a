"""What a requirements file pins: names, versions, hashes, and what asked for each."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

FIRST_LINE = re.compile(r"([\w.-]+)==([^\s;\\]+)")
HASH = re.compile(r"\s+--hash=sha256:(\w+)")
# uv writes `# via name`, or `# via` and below it a line `#   name` for each.
ASKED_BY = re.compile(r"\s+#(?: via|  ) ([\w.-]+)")


class Pin(NamedTuple):
    """One version of a distribution; `asked_by` are the names of those that depend on it."""

    name: str
    version: str
    hashes: tuple[str, ...] = ()
    asked_by: tuple[str, ...] = ()


def read_pins(requirements: Path) -> list[Pin]:
    """Return the pins of a file that `uv pip compile` wrote, for every platform, in its order."""
    pins: list[Pin] = []
    for line in requirements.read_text().splitlines():
        if first := FIRST_LINE.match(line):
            pins.append(Pin(first[1], first[2]))
        elif found := HASH.match(line):
            pins[-1] = pins[-1]._replace(hashes=(*pins[-1].hashes, found[1]))
        elif found := ASKED_BY.match(line):
            pins[-1] = pins[-1]._replace(asked_by=(*pins[-1].asked_by, found[1]))
    return pins


def normalised(name: str) -> str:
    """Return a distribution's name as indexes compare it (PyPA, "Names and normalization")."""
    return re.sub(r"[-_.]+", "-", name).lower()
