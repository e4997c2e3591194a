"""The arguments of one call: read from the request, then taken out by name and type."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, TypeVar

from starlette.requests import Request

from local.store import Document
from local.stytch.errors import ErrorType, StytchError

_Value = TypeVar("_Value")
_MAX_DEPTH = 100  # SQLite, which keeps what is sent, reads JSON 1000 levels deep
_EMAIL = re.compile(r"[^@\s\x00-\x1f]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+")


async def read_fields(request: Request) -> Fields:
    """The call's arguments; raises `bad_request` for a body that is not a JSON object."""
    raw = await request.body()
    values = _json_object(raw) if raw else dict(request.query_params)
    return Fields({**values, **request.path_params})


class Fields:
    """Arguments by name; null counts as absent.

    A value of the wrong type, or a missing one that is needed, raises `invalid_argument`.
    """

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = {name: value for name, value in values.items() if value is not None}

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def text(self, name: str) -> str:
        value = self.optional_text(name)
        if value is None:
            raise StytchError(ErrorType.INVALID_ARGUMENT, f"{name} is required.")
        return value

    def optional_text(self, name: str) -> str | None:
        return self._typed(name, str, "a string")

    def email(self, name: str) -> str:
        """The address in lower case; raises `invalid_email`."""
        address = self.text(name).lower()
        if len(address) > 254 or not _EMAIL.fullmatch(address):
            raise StytchError(ErrorType.INVALID_EMAIL)
        return address

    def optional_integer(self, name: str) -> int | None:
        return self._typed(name, int, "an integer")

    def optional_number(self, name: str) -> float | None:
        whole = type(self._values.get(name)) is int
        return self.optional_integer(name) if whole else self._typed(name, float, "a number")

    def flag(self, name: str) -> bool:
        """False when absent."""
        return self._typed(name, bool, "a boolean") or False

    def mapping(self, name: str) -> Document | None:
        return self._typed(name, dict, "an object")

    def nested(self, name: str) -> Fields | None:
        value = self.mapping(name)
        return None if value is None else Fields(value)

    def texts(self, name: str) -> list[str] | None:
        values = self._typed(name, list, "an array of strings")
        if values is not None and not all(isinstance(value, str) for value in values):
            raise StytchError(ErrorType.INVALID_ARGUMENT, f"{name} should be an array of strings.")
        return values

    def mappings(self, name: str) -> list[Fields]:
        """The array's objects; empty when absent."""
        values = self._typed(name, list, "an array of objects") or []
        if not all(isinstance(value, dict) for value in values):
            raise StytchError(ErrorType.INVALID_ARGUMENT, f"{name} should be an array of objects.")
        return [Fields(value) for value in values]

    def at_most_one_of(self, names: tuple[str, ...], too_many: ErrorType) -> str | None:
        """The one of these names that was sent; raises `too_many` for several."""
        sent = [name for name in names if name in self]
        if len(sent) > 1:
            raise StytchError(too_many)
        return sent[0] if sent else None

    def value(self, name: str) -> Any:
        """As sent, of whatever type; None when absent."""
        return self._values.get(name)

    def _typed(self, name: str, expected: type[_Value], words: str) -> _Value | None:
        value = self._values.get(name)
        if value is None or type(value) is expected:  # a bool is an int in Python, not in JSON
            return value
        raise StytchError(ErrorType.INVALID_ARGUMENT, f"{name} should be {words}.")


def _json_object(raw: bytes) -> Document:
    try:
        document = json.loads(raw)
        # What cannot be written back (NaN, lone surrogates) was not JSON in the first place.
        json.dumps(document, ensure_ascii=False, allow_nan=False).encode()
        too_deep = _depth(document) > _MAX_DEPTH
    except (ValueError, RecursionError):
        raise StytchError(ErrorType.BAD_REQUEST) from None
    if too_deep or not isinstance(document, dict):
        raise StytchError(ErrorType.BAD_REQUEST)
    return document


def _depth(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(_depth, inner), default=0)
