"""Searching a list: what a request looks for, and a page of what was found."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from shared.database.paging import LARGEST_ID, SearchRequest
from shared.errors import FieldError, Invalid, Malformed
from shared.http import parameters

_LONGEST_TEXT = 255  # characters


def search_request(request: Request, name: str) -> SearchRequest:
    """The page of a search for the query parameter `name`.

    Raises Invalid for an empty or too long one, Malformed for a wrong `limit` or `after`.
    """
    text = request.query_params[name].strip()
    if not 1 <= len(text) <= _LONGEST_TEXT:
        detail = f"The {name} must have 1 to {_LONGEST_TEXT} characters."
        raise Invalid([FieldError(name, detail)])
    # Letter by letter, as databases do it: `text.lower()` knows the sigma at the end of a word.
    prefix = "".join(letter.lower() for letter in text)
    after = request.query_params.get("after")
    after_key, after_id = (prefix, 0) if after is None else decode_cursor(after)
    if not after_key.startswith(prefix):
        raise _invalid_cursor()
    return SearchRequest(parameters.limit(request), prefix, after_key, after_id)


def search_response(
    request: Request, page: SearchRequest, rows: Sequence[Mapping[str, Any]], key: str
) -> JSONResponse:
    """The first `page.limit` rows as a JSON array, without the `key` by which they were found.

    `Link` has the next page, if there is one row more.
    """
    shown = rows[: page.limit]
    response = JSONResponse([{name: row[name] for name in row if name != key} for row in shown])
    if len(rows) > page.limit:
        last = shown[-1]
        parameters.link_next(response, request, encode_cursor(last[key].decode(), last["id"]))
    return response


def encode_cursor(key: str, row_id: int) -> str:
    """The cursor of the page behind this key and id; it is opaque, and only we make them."""
    return base64.urlsafe_b64encode(f"key:{row_id}:{key}".encode()).decode().rstrip("=")


def decode_cursor(cursor: str) -> tuple[str, int]:
    """The key and the id behind a cursor; raises Malformed for one that we did not make."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        text = base64.b64decode(padded, altchars=b"-_", validate=True).decode()
    except ValueError:  # binascii.Error and UnicodeDecodeError are such
        raise _invalid_cursor() from None
    parts = re.fullmatch(r"key:([1-9][0-9]{0,19}):(.*)", text, re.DOTALL)
    if not parts or int(parts[1]) > LARGEST_ID or encode_cursor(parts[2], int(parts[1])) != cursor:
        raise _invalid_cursor()
    return parts[2], int(parts[1])


def _invalid_cursor() -> Malformed:
    return Malformed("cursor_invalid", "after must be a cursor from a Link header.")
