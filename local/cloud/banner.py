"""What the terminal shows once the local cloud is up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from local.cloud.log import Palette
from local.cloud_summary import DEMO_USERS, Summary
from local.identity import DEMO_PASSWORD

LABEL_WIDTH = 15


def ready_banner(summary: Summary, palette: Palette, failing: Sequence[str]) -> str:
    """Return all addresses, the database, the demo users, and the parts that are `failing`."""
    rule = "-" * 72
    return "\n".join(
        [
            "",
            rule,
            palette.bold(_headline(failing)),
            "",
            *(f"  {label:<{LABEL_WIDTH}} {place}" for label, place in summary.places),
            "",
            *(f"  {label:<{LABEL_WIDTH}} {how}" for label, how in _sign_ins(summary)),
            *_notes(summary, palette),
            "",
            "  Ctrl-C stops everything. Edit a handler and call it again: it is reloaded.",
            rule,
            "",
        ]
    )


def _sign_ins(summary: Summary) -> Iterator[tuple[str, str]]:
    if summary.has_identity:
        yield "Sign in as", " or ".join(DEMO_USERS)
        yield "Password", DEMO_PASSWORD
    if summary.has_stytch:
        yield "Magic link", summary.magic_link_hint


def _headline(failing: Sequence[str]) -> str:
    if failing:
        parts = ", ".join(failing)
        return f"  Latchkey is running, but these do not answer yet: {parts} (see the lines above)"
    return "  Latchkey is ready"


def _notes(summary: Summary, palette: Palette) -> list[str]:
    if not summary.notes:
        return []
    return ["", *(palette.warning(f"  Note: {note}") for note in summary.notes)]
