"""What `make test-security` prints: a table for each part, what went wrong, and the totals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

MOST_SHOWN = 40


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown, its columns as wide as they have to be."""
    cells = [list(head), *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in cells
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def wrong(lines: Sequence[str]) -> str:
    """What went wrong, the first of many; empty when nothing did."""
    more = len(lines) - MOST_SHOWN
    return "\n".join([*lines[:MOST_SHOWN], *([f"… and {more} more"] if more > 0 else [])])
