"""One line per event, `[part] text`, on the terminal and in `.dev/local.log`."""

from __future__ import annotations

import logging
import zlib
from pathlib import Path
from typing import TextIO

RESET = "\x1b[0m"
# Readable on dark and on light terminals; a part keeps its colour.
PART_COLOURS = ("\x1b[36m", "\x1b[35m", "\x1b[33m", "\x1b[32m", "\x1b[34m", "\x1b[96m", "\x1b[95m")


class Palette:
    """Colours text for a terminal; leaves it plain elsewhere, and where NO_COLOR is set."""

    def __init__(self, stream: TextIO, *, no_color: bool) -> None:
        """`no_color` is the NO_COLOR setting (no-color.org)."""
        self._on = stream.isatty() and not no_color

    def part(self, name: str, text: str) -> str:
        return self._paint(PART_COLOURS[zlib.crc32(name.encode()) % len(PART_COLOURS)], text)

    def bold(self, text: str) -> str:
        return self._paint("\x1b[1m", text)

    def warning(self, text: str) -> str:
        return self._paint("\x1b[1;33m", text)

    def _paint(self, code: str, text: str) -> str:
        return f"{code}{text}{RESET}" if self._on else text


class Log:
    """Writes the lines of a part, each with the part's name."""

    def __init__(self, path: Path, terminal: TextIO, palette: Palette) -> None:
        self._file = path.open("w", encoding="utf-8", buffering=1)
        self._terminal = terminal
        self._palette = palette

    def __call__(self, part: str, text: str) -> None:
        for line in text.splitlines():
            print(self._palette.part(part, f"[{part}]"), line, file=self._terminal, flush=True)
            print(f"[{part}]", line, file=self._file)

    def show(self, text: str) -> None:
        """Show text on the terminal alone, such as the banner."""
        print(text, file=self._terminal, flush=True)

    def close(self) -> None:
        self._file.close()


class LogHandler(logging.Handler):
    """Sends the warnings and errors of libraries (uvicorn above all) to the part `web`."""

    def __init__(self, log: Log) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        self._log("web", self.format(record))
