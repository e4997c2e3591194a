"""The lock by which an embedded seekdb knows that somebody still needs it."""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import IO


class Lifeline:
    """seekdb ends when the last shared lock of its clients' file goes, be it by a crash."""

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None

    def hold(self, path: Path) -> None:
        self._file = path.open("wb")
        fcntl.flock(self._file, fcntl.LOCK_SH)

    def release(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
