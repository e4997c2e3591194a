"""What the terminal shows once the local cloud is up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from local import stack
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
            palette.bold(_headline(summary, failing)),
            "",
            *(f"  {label:<{LABEL_WIDTH}} {place}" for label, place in summary.places),
            "",
            *(f"  {label:<{LABEL_WIDTH}} {how}" for label, how in _sign_ins(summary)),
            *_notes(summary, palette),
            "",
            *_other_commands(summary),
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


def _headline(summary: Summary, failing: Sequence[str]) -> str:
    name = "Latchkey" if summary.stack == stack.MAIN else f"Latchkey (stack {summary.stack})"
    if failing:
        parts = ", ".join(failing)
        return f"  {name} is running, but these do not answer yet: {parts} (see the lines above)"
    return f"  {name} is ready"


def _other_commands(summary: Summary) -> Iterator[str]:
    if summary.stack != stack.MAIN:
        yield f"  With the same name, other commands are for it: NAME={summary.stack} make seed"


def _notes(summary: Summary, palette: Palette) -> list[str]:
    if not summary.notes:
        return []
    return ["", *(palette.warning(f"  Note: {note}") for note in summary.notes)]
