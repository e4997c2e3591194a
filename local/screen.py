"""What a terminal shows: lines that stay, and below them the step that goes on, with its seconds.

Where the output is no terminal, each step is a line. Standard library only, and readable by Python
3.8, like `bootstrap`, which uses it.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

TICK_SECONDS = 0.5
CLEAR_LINE = "\r\x1b[2K"


class Step:
    """A step that goes on, or has ended; `detail` says how far it is."""

    def __init__(self, text: str, detail: Callable[[], str]) -> None:
        self.text = text
        self._detail = detail
        self._begun = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._begun

    def line(self) -> str:
        detail = self._detail()
        return f"{self.text} ... {f'{detail}, ' if detail else ''}{self.seconds:.0f} s"


class Screen:
    """Writes to `stream`, from any thread."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._is_terminal = stream.isatty() and os.getenv("TERM") != "dumb"
        self._lock = threading.RLock()
        self._step: Step | None = None

    def print(self, text: str) -> None:
        """Write lines that stay, above the step that goes on."""
        with self._lock:
            self._erase()
            self._stream.write(f"{text}\n")
            self._draw()

    @contextmanager
    def step(self, text: str, detail: Callable[[], str] = lambda: "") -> Iterator[Step]:
        """Show a step for as long as the block runs; what came of it is the caller's to print."""
        if not self._is_terminal:
            self.print(text)
            yield Step(text, detail)
            return
        ended = threading.Event()
        ticking = threading.Thread(target=self._tick, args=(ended,), daemon=True)
        with self._lock:
            step = self._step = Step(text, detail)
            self._draw()
        ticking.start()
        try:
            yield step
        finally:
            ended.set()
            ticking.join()
            with self._lock:
                self._erase()
                self._step = None
                self._stream.flush()

    def _tick(self, ended: threading.Event) -> None:
        while not ended.wait(TICK_SECONDS):
            with self._lock:
                self._erase()
                self._draw()

    def _erase(self) -> None:
        if self._step:
            self._stream.write(CLEAR_LINE)

    def _draw(self) -> None:
        if self._step:
            room = shutil.get_terminal_size().columns - 1  # one that wraps cannot be erased
            self._stream.write(self._step.line()[:room])
        self._stream.flush()
