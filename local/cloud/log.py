"""One line per event, `[part] text`, on the terminal and in `.dev/local.log`.

The file has every line as it was written. The terminal has them for a person, unless it is `raw`.
"""

from __future__ import annotations

import logging
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, TextIO

from local.cloud.function_lines import Line, readable
from local.cloud.request_lines import words_of
from local.kit.exchange import Exchange
from local.kit.request_log import Answered
from local.screen import Screen, Step

RESET = "\x1b[0m"
# Readable on dark and on light terminals; a part keeps its colour.
PART_COLOURS = ("\x1b[36m", "\x1b[35m", "\x1b[33m", "\x1b[32m", "\x1b[34m", "\x1b[96m", "\x1b[95m")
LEVEL_COLOURS = {"WARNING": "\x1b[33m", "ERROR": "\x1b[31m", "CRITICAL": "\x1b[1;31m"}
STATUS_COLOURS = {2: "\x1b[32m", 3: "\x1b[36m", 4: "\x1b[33m", 5: "\x1b[1;31m"}
FAINT = "\x1b[2m"
FUNCTION = "fn:"


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

    def level(self, line: Line) -> str:
        """Colour a line by how grave it is."""
        return self._paint(LEVEL_COLOURS.get(line.level, ""), line.text)

    def status(self, text: str, status: int, *, by_function: bool) -> str:
        """Colour a request's line by its status; a file that was there is not worth a look."""
        faint = not by_function and status < 400
        return self._paint(FAINT if faint else STATUS_COLOURS.get(status // 100, ""), text)

    def _paint(self, code: str, text: str) -> str:
        return f"{code}{text}{RESET}" if self._on and code else text


class View(Protocol):
    """What the terminal shows of a part's line, and of a request."""

    def lines(self, part: str, text: str) -> list[str]:
        """Return the lines to show in place of this one."""

    def request(self, request: Answered, exchange: Exchange | None) -> str:
        """Return the line of a request."""


class Raw:
    """Shows every line as it is."""

    def lines(self, part: str, text: str) -> list[str]:  # noqa: ARG002 - as every view
        return [text]

    def request(self, request: Answered, exchange: Exchange | None) -> str:  # noqa: ARG002 - likewise
        return str(request)


class Readable:
    """Shows what the lines of functions mean, and of each request who made it and what it cost."""

    def __init__(self, palette: Palette) -> None:
        self._palette = palette

    def lines(self, part: str, text: str) -> list[str]:
        if not part.startswith(FUNCTION):
            return [text]
        return [self._palette.level(line) for line in readable(text)]

    def request(self, request: Answered, exchange: Exchange | None) -> str:
        words = words_of(request, exchange)
        by_function = exchange is not None and exchange.call is not None
        return self._palette.status(words.line(time.time()), words.status, by_function=by_function)


class Log:
    """Writes the lines of a part, each with the part's name."""

    def __init__(
        self, path: Path, terminal: TextIO, palette: Palette, view: View | None = None
    ) -> None:
        self._file = path.open("w", encoding="utf-8", buffering=1)
        self._screen = Screen(terminal)
        self._palette = palette
        self._view = view or Raw()

    def __call__(self, part: str, text: str) -> None:
        for line in text.splitlines():
            print(f"[{part}]", line, file=self._file)
            for shown in self._view.lines(part, line):
                self._show(part, shown)

    def request(self, part: str, request: Answered, exchange: Exchange | None) -> None:
        """Write the line of a request that was answered."""
        print(f"[{part}]", request, file=self._file)
        self._show(part, self._view.request(request, exchange))

    @contextmanager
    def step(self, part: str, text: str) -> Iterator[Step]:
        """Show what goes on for as long as the block runs."""
        print(f"[{part}]", text, file=self._file)
        with self._screen.step(f"{self._palette.part(part, f'[{part}]')} {text}") as step:
            yield step

    def show(self, text: str) -> None:
        """Show text on the terminal alone, such as the banner."""
        self._screen.print(text)

    def close(self) -> None:
        self._file.close()

    def _show(self, part: str, text: str) -> None:
        self._screen.print(f"{self._palette.part(part, f'[{part}]')} {text}")


class LogHandler(logging.Handler):
    """Sends the warnings and errors of libraries (uvicorn above all) to the part `web`."""

    def __init__(self, log: Log) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        self._log("web", self.format(record))
