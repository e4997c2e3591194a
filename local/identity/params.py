"""Request bodies, read as Go's decoder reads them: absent and null are a field's zero value."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any, TypeVar

from starlette.requests import Request

from local.identity.errors import HTTPError

Kind = TypeVar("Kind")

DEEPEST_NESTING = 64


@dataclass(frozen=True)
class Params:
    """The fields of a JSON object; each reader raises HTTPError 400 for the wrong type."""

    fields: dict[str, Any]
    refusal: str

    def text(self, name: str) -> str:
        return self._read(name, str, "a string") or ""

    def flag(self, name: str) -> bool:
        return self._read(name, bool, "a boolean") or False

    def mapping(self, name: str) -> dict[str, Any] | None:
        """None, unlike `{}`, says that the field was not sent."""
        return self._read(name, dict, "an object")

    def _read(self, name: str, kind: type[Kind], expected: str) -> Kind | None:
        value = self.fields.get(name)
        if value is None or isinstance(value, kind):
            return value
        raise HTTPError(400, f"{self.refusal}: {name} must be {expected}")


async def read_params(request: Request, refusal: str) -> Params:
    """The body's JSON object, whatever its content type says.

    Raises HTTPError 400, whose message `refusal` opens, for anything else.
    """
    try:
        fields = _plain(json.loads(await request.body()))
    except (ValueError, RecursionError) as error:
        raise HTTPError(400, f"{refusal}: the body is not JSON") from error
    if not isinstance(fields, dict):
        raise HTTPError(400, f"{refusal}: the body is not a JSON object")
    return Params(fields, refusal)


def _plain(value: Any, depth: int = 0) -> Any:
    """`value` with U+FFFD for lone surrogates, as in Go; ValueError for what JSON cannot carry."""
    if depth > DEEPEST_NESTING:
        raise ValueError("nested too deeply")
    match value:
        case dict():
            return {_plain(key): _plain(item, depth + 1) for key, item in value.items()}
        case list():
            return [_plain(item, depth + 1) for item in value]
        case str():
            return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        case float() if not math.isfinite(value):
            raise ValueError("not a JSON number")
        case _:
            return value
