"""What must hold: a ratio or a figure, and the most that it may be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from benchmarks.table import table


class Limit(NamedTuple):
    name: str
    measured: float
    at_most: float

    @property
    def holds(self) -> bool:
        return self.measured <= self.at_most


def report(limits: Sequence[Limit]) -> bool:
    """Print all of them; whether all hold."""
    print("\nLimits")
    rows = [
        [one.name, f"{one.measured:.2f}", f"{one.at_most:g}", "" if one.holds else "BROKEN"]
        for one in limits
    ]
    print(table(["", "measured", "at most", ""], rows))
    return all(one.holds for one in limits)
