"""Request bodies: JSON, whatever its content type says, checked field by field.

The tutorials' front ends send JSON as text/plain, as `fetch` does with a string. It is accepted
like application/json.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from starlette.requests import Request

from shared.errors import FieldError, Invalid, Malformed, TooLarge
from shared.text import has_hidden_characters, is_email, normalise_email

LARGEST_BODY = 64 * 1024  # bytes
_LONGEST_TEXT = 255  # characters

Check = Callable[[Any], Any]


class BadValue(ValueError):
    """What is wrong with a field: the end of a sentence that begins with the field's name."""


async def read_fields(
    request: Request, required: dict[str, Check], **optional: Check
) -> dict[str, Any]:
    """The checked fields of a JSON object; optional ones that are missing are left out.

    Raises TooLarge, Malformed (not JSON, not an object), or Invalid, which names every bad field.
    Other fields are ignored.
    """
    content = await _read_object(request)
    fields: dict[str, Any] = {}
    bad: list[FieldError] = []
    for name, check in (required | optional).items():
        if name not in content and name in optional:
            continue
        try:
            fields[name] = check(content.get(name))
        except BadValue as error:
            bad.append(FieldError(name, f"The {name} {error}."))
    if bad:
        raise Invalid(bad)
    return fields


def text(value: Any) -> str:
    """A check for a text of 1 to 255 characters; white space around it is removed."""
    if not isinstance(value, str):
        raise BadValue("must be a text")
    stripped = value.strip()
    if not stripped:
        raise BadValue("must not be empty")
    if len(stripped) > _LONGEST_TEXT:
        raise BadValue(f"must have at most {_LONGEST_TEXT} characters")
    if has_hidden_characters(stripped):
        raise BadValue("must not contain invisible or control characters")
    return stripped


def email(value: Any) -> str:
    """A check for an e-mail address; it is normalised: composed (NFC) and in lower case."""
    address = normalise_email(text(value))
    if not is_email(address):
        raise BadValue("must be an e-mail address")
    return address


def boolean(value: Any) -> bool:
    """A check for true or false."""
    if not isinstance(value, bool):
        raise BadValue("must be true or false")
    return value


def one_of(*allowed: str) -> Check:
    """A check for a text that must be one of these."""

    def check(value: Any) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise BadValue(f"must be one of: {', '.join(allowed)}")
        return value

    return check


async def read_bytes(request: Request) -> bytes:
    """The body as it was sent, for what is signed; raises TooLarge."""
    body = await request.body()
    if len(body) > LARGEST_BODY:
        raise TooLarge("body_too_large", f"The body may have at most {LARGEST_BODY} bytes.")
    return body


async def _read_object(request: Request) -> dict[str, Any]:
    body = await read_bytes(request)
    if not body:
        raise Malformed("body_missing", "The body must be a JSON object; there was none.")
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        raise Malformed("body_not_json", "The body must be a JSON object.") from None
    if not isinstance(content, dict):
        raise Malformed("body_not_object", "The body must be a JSON object.")
    return content
