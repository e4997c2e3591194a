"""JSON as Go's decoder reads it into a struct (`encoding/json`).

It reads the first value and no further, takes bytes that are not UTF-8 for U+FFFD and names in any
case, and leaves a field alone whose value is null. The first value of a wrong type is refused.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from local.kit.json_body import InvalidBody, check_keepable
from local.kit.store import Document

LARGEST_INT64 = 2**63 - 1
MOST_DIGITS = 308  # of a number that a float64 holds
EXACT_IN_FLOAT64 = 2**53

_KINDS = {
    str: "string",
    bool: "bool",
    int: "number",
    float: "number",
    list: "array",
    dict: "object",
}
_TYPES = {str: "string", bool: "bool", int: "int64", dict: "map[string]interface {}"}


class Struct(NamedTuple):
    """A struct of GoTrue: its name, and the types of its fields by their names in JSON.

    `embedded` names the struct inside it that some of the fields are in.
    """

    name: str
    fields: Mapping[str, type]
    embedded: Mapping[str, str] = {}


def decode(raw: bytes, struct: Struct) -> Document:
    """Return the fields of the struct that the body has. Raises InvalidBody, mostly in Go's words.

    What is not JSON is refused in words of our own.
    """
    document = _first_value(raw)
    if document is None:
        return {}
    if not isinstance(document, dict):
        kind = _kind(document)
        raise InvalidBody(f"json: cannot unmarshal {kind} into Go value of type api.{struct.name}")
    return unmarshal(document, struct)


def unmarshal(document: Mapping[str, Any], struct: Struct) -> Document:
    """Return the fields of the struct that the document has. Raises InvalidBody."""
    fields = {}
    for key, value in document.items():
        name = key.lower()
        if name in struct.fields and value is not None:
            _check_type(value, name, struct)
            check_keepable(value)
            fields[name] = value
    return fields


def _first_value(raw: bytes) -> Any:
    text = raw.decode(errors="replace").lstrip(" \t\r\n")
    if not text:
        raise InvalidBody("EOF")
    try:
        return _without_surrogates(_DECODER.raw_decode(text)[0])
    except (ValueError, RecursionError) as error:
        raise InvalidBody("the body is not JSON") from error


def _integer(digits: str) -> float:
    """Return a whole number as a float64 holds it, which rounds the large ones."""
    if len(digits) > MOST_DIGITS:
        return math.inf
    number = int(digits)
    return number if abs(number) <= EXACT_IN_FLOAT64 else float(number)


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


_DECODER = json.JSONDecoder(parse_int=_integer, parse_constant=_refuse_constant)


def _without_surrogates(value: Any) -> Any:
    """Put U+FFFD in the place of each half of a surrogate pair."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_without_surrogates(one) for one in value]
    if isinstance(value, dict):
        return {_without_surrogates(key): _without_surrogates(one) for key, one in value.items()}
    return value


def _kind(value: Any) -> str:
    return _KINDS[type(value)]


def _check_type(value: Any, name: str, struct: Struct) -> None:
    expected = struct.fields[name]
    if type(value) is expected and not _is_too_large(value):  # a bool is an int in Python only
        return
    literal = f" {value}" if expected is int and type(value) in (int, float) else ""
    path = ".".join(filter(None, [struct.name, struct.embedded.get(name), name]))
    raise InvalidBody(
        f"json: cannot unmarshal {_kind(value)}{literal} into Go struct field {path} "
        f"of type {_TYPES[expected]}"
    )


def _is_too_large(value: Any) -> bool:
    return type(value) is int and abs(value) > LARGEST_INT64
