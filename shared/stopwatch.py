"""How long one request waited for the database and for other services."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass
class Waits:
    """Milliseconds that the request at hand has waited."""

    database_ms: float = 0.0
    upstream_ms: float = 0.0


_waits: ContextVar[Waits | None] = ContextVar("waits", default=None)


def start() -> Waits:
    """Begin to count anew, for one request."""
    waits = Waits()
    _waits.set(waits)
    return waits


@contextmanager
def database() -> Iterator[None]:
    """Count the time inside as waiting for the database."""
    begun = time.perf_counter()
    try:
        yield
    finally:
        if waits := _waits.get():
            waits.database_ms += (time.perf_counter() - begun) * 1000


@contextmanager
def upstream() -> Iterator[None]:
    """Count the time inside as waiting for Stytch or Netlify."""
    begun = time.perf_counter()
    try:
        yield
    finally:
        if waits := _waits.get():
            waits.upstream_ms += (time.perf_counter() - begun) * 1000
