"""Request bodies that are JSON objects."""

from __future__ import annotations

import json
from typing import Any

from local.kit.store import Document

DEEPEST = 100  # SQLite, which keeps what is sent, reads JSON 1000 levels deep


class InvalidBody(ValueError):
    """The body is not a JSON object, or one that cannot be kept."""


def parse_object(raw: bytes) -> Document:
    """Return the body's object; raises InvalidBody.

    NaN, infinite numbers and halves of surrogate pairs are refused: they could not be sent back.
    """
    try:
        document = json.loads(raw)
        _serialised(document).encode()
        too_deep = _depth(document) > DEEPEST
    except (ValueError, RecursionError) as error:
        raise InvalidBody("the body is not JSON") from error
    if too_deep or not isinstance(document, dict):
        raise InvalidBody("the body is not a JSON object")
    return document


def parse_object_as_go(raw: bytes) -> Document:
    """Return the object as Go reads it: U+FFFD for half a surrogate pair. Raises InvalidBody."""
    try:
        text = _serialised(json.loads(raw))
    except (ValueError, RecursionError) as error:
        raise InvalidBody("the body is not JSON") from error
    return parse_object(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode())


def _serialised(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, allow_nan=False)


def _depth(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(_depth, inner), default=0)
