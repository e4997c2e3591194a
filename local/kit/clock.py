"""The local cloud's time: the machine's, plus an offset that a test may move; and RFC 3339."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime


class Clock:
    """Tells the time in seconds since 1970 (UTC); it only ever moves forwards."""

    def __init__(self) -> None:
        self._offset_seconds = 0.0
        self._watchers: list[Callable[[], None]] = []

    @property
    def offset_seconds(self) -> float:
        """Return by how much it is ahead of the machine's time."""
        return self._offset_seconds

    def watch(self, watcher: Callable[[], None]) -> None:
        """Call `watcher` each time when the clock has been moved or reset."""
        self._watchers.append(watcher)

    def now(self) -> float:
        return time.time() + self._offset_seconds

    def timestamp(self) -> str:
        """Return the time in RFC 3339, in whole seconds."""
        return rfc3339(int(self.now()))

    def seconds_since(self, timestamp: str) -> float:
        """Return how long ago a time in RFC 3339 was."""
        return self.now() - datetime.fromisoformat(timestamp).timestamp()

    def advance(self, seconds: float) -> None:
        """Move on by `seconds`; raises ValueError for a step back."""
        if seconds < 0:
            raise ValueError("the clock moves forwards only")
        self._offset_seconds += seconds
        self._tell()

    def reset(self) -> None:
        """Return to the machine's time."""
        self._offset_seconds = 0.0
        self._tell()

    def _tell(self) -> None:
        for watcher in self._watchers:
            watcher()


def rfc3339(seconds: float) -> str:
    """Write seconds since 1970 in RFC 3339, UTC, with a `Z`; a fraction shows as microseconds."""
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")
