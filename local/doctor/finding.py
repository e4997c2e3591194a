"""What the checks find."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from local.settings import Settings

Level = Literal["ok", "note", "problem"]


@dataclass(frozen=True)
class Finding:
    """Says something about the machine or the settings; `advice` says what to do about it.

    The local cloud works in spite of a note, but not of a problem.
    """

    level: Level
    what: str
    advice: str = ""


Check = Callable[[Settings], Iterable[Finding]]
