"""How long one request waits for the database and for other services."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal

WaitedFor = Literal["database", "upstream"]
Waits = dict[WaitedFor, float]  # milliseconds

_waits: ContextVar[Waits | None] = ContextVar("waits", default=None)


def start() -> Waits:
    """Begin to count anew, for one request; the answer grows while it waits."""
    waits: Waits = {"database": 0.0, "upstream": 0.0}
    _waits.set(waits)
    return waits


@contextmanager
def waiting_for(what: WaitedFor) -> Iterator[None]:
    """Count the time inside the block; `upstream` is Stytch or Netlify."""
    begun = time.perf_counter()
    try:
        yield
    finally:
        if waits := _waits.get():
            waits[what] += (time.perf_counter() - begun) * 1000
