"""The differences as a table of plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sync_users.differences import Difference

_TITLES = ("what", "who", "users table", "provider")


def table(differences: Sequence[Difference]) -> Iterator[str]:
    """A line for the titles, and one for each difference."""
    rows = [_TITLES, *(_row(difference) for difference in differences)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_TITLES))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _row(difference: Difference) -> tuple[str, str, str, str]:
    row, record = difference.row, difference.record
    person = record.person if record else None
    return (
        difference.kind,
        difference.principal_id,
        f"{row.email} ({row.name})" if row else "-",
        f"{person.email} ({person.name})" if person else "-",
    )
