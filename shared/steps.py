"""Longer operations in named steps, each of which can be repeated."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from shared.errors import Unavailable


@contextmanager
def step(name: str) -> Iterator[None]:
    """Name the step in an Unavailable that is raised inside: the caller sees what is left."""
    try:
        yield
    except Unavailable as error:
        detail = f"The step '{name}' was not done. Send the request again to go on."
        raise Unavailable(error.code, detail, error.retry_after, step=name) from error
