"""A progress bar on standard error, where somebody looks at it."""

from __future__ import annotations

import sys

_WIDTH = 40


def show_read(what: str, count: int) -> None:
    """How much of something has been read, whose end is not known."""
    if sys.stderr.isatty():
        print(f"\r{what}: {count:,} read", end="", file=sys.stderr, flush=True)


def show_done(done: int, whole: int) -> None:
    """How much of a known whole is done."""
    if sys.stderr.isatty():
        filled = _WIDTH * done // whole
        end = "\n" if done == whole else ""
        bar = "#" * filled + "-" * (_WIDTH - filled)
        print(f"\r[{bar}] {done:,} of {whole:,}", end=end, file=sys.stderr, flush=True)


def end_line() -> None:
    """Begin a new line after the last count."""
    if sys.stderr.isatty():
        print(file=sys.stderr)
