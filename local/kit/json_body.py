"""Request bodies that are JSON objects."""

from __future__ import annotations

import json
from typing import Any

from local.kit.store import Document

DEEPEST = 100  # SQLite, which keeps what is sent, reads JSON 1000 levels deep


class InvalidBody(ValueError):
    """The body is not a JSON object, or one that cannot be kept."""


def parse_object(raw: bytes) -> Document:
    """Return the body's object; raises InvalidBody, also for what `check_keepable` refuses."""
    try:
        document = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise InvalidBody("the body is not JSON") from error
    check_keepable(document)
    if not isinstance(document, dict):
        raise InvalidBody("the body is not a JSON object")
    return document


def check_keepable(value: Any) -> None:
    """Raise InvalidBody for what could not be stored and sent back.

    That is NaN, an infinite number, half a surrogate pair, and a nesting that is too deep.
    """
    try:
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
        too_deep = _depth(value) > DEEPEST
    except (ValueError, RecursionError) as error:
        raise InvalidBody("the body is not JSON") from error
    if too_deep:
        raise InvalidBody("the body is nested too deeply")


def _depth(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(_depth, inner), default=0)
