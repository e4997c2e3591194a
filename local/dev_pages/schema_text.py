"""A JSON schema in a few words of HTML, such as `array of Issue` with a link to `Issue`."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

LIMITS = {
    "format": "{}",
    "minimum": "from {}",
    "maximum": "to {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "default": "{} unless said",
}


def schema_text(schema: Mapping[str, Any]) -> str:
    """What a value must look like, in a line."""
    match schema:
        case {"$ref": str(reference)}:
            name = escape(reference.rpartition("/")[2])
            return f'<a href="#{name}">{name}</a>'
        case {"allOf": list(parts)}:
            return " with ".join(schema_text(part) for part in parts)
        case {"const": value}:
            return _code(value)
        case {"enum": list(values)}:
            return " or ".join(_code(value) for value in values)
        case {"type": "array", "items": items}:
            return f"array of {schema_text(items)}"
        case {"type": "object", "properties": fields}:
            return "{" + ", ".join(f"{_code(n)}: {schema_text(s)}" for n, s in fields.items()) + "}"
        case _:
            return ", ".join([escape(schema.get("type", "any value")), *_limits(schema)])


def _limits(schema: Mapping[str, Any]) -> list[str]:
    return [escape(text.format(schema[key])) for key, text in LIMITS.items() if key in schema]


def _code(value: object) -> str:
    return f"<code>{escape(str(value))}</code>"
