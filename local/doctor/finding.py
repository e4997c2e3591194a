"""What a check finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from local.settings import Settings

Level = Literal["ok", "note", "problem"]


@dataclass(frozen=True)
class Finding:
    """One sentence about the machine or the settings; `advice` says what to do about it.

    A note is worth knowing and stops nothing; a problem does.
    """

    level: Level
    what: str
    advice: str = ""


Check = Callable[[Settings], Iterable[Finding]]
