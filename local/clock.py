"""The local cloud's time: the machine's, plus an offset that a test may move."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class Clock:
    """Answers the time in seconds since 1970 (UTC); only ever moved forwards."""

    def __init__(self) -> None:
        self._offset_seconds = 0.0

    def now(self) -> float:
        return time.time() + self._offset_seconds

    def utc(self) -> datetime:
        return datetime.fromtimestamp(self.now(), UTC)

    def advance(self, seconds: float) -> None:
        """Move on by `seconds`; raises ValueError for a step back."""
        if seconds < 0:
            raise ValueError("the clock moves forwards only")
        self._offset_seconds += seconds

    def reset(self) -> None:
        self._offset_seconds = 0.0
