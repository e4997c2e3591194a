"""What a process keeps from one invocation to the next: settings, connections, keys, clients.

    @kept
    def database() -> Database:
        return Database(...)

Each is made when it is first asked for, and then kept. `forget` drops them all at once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TypeVar

T = TypeVar("T")

_forgetters: list[Callable[[], None]] = []


def kept(make: Callable[[], T]) -> Callable[[], T]:
    """Decorator: the function runs once, and answers the same object until `forget`."""
    kept_make = cache(make)
    _forgetters.append(kept_make.cache_clear)
    return kept_make


def forget() -> None:
    """Drop everything that is kept: the next call of each function makes it anew."""
    for forget_one in _forgetters:
        forget_one()
