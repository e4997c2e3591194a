"""What a request says in its path, its query and its headers; and pages as answers."""

from __future__ import annotations

import base64
import binascii
import re
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from shared.database.paging import DEFAULT_LIMIT, LARGEST_ID, LARGEST_LIMIT, PageRequest
from shared.errors import FieldError, Invalid, Malformed, NotFound
from shared.http.call_state import call_state, same_address_with

_LONGEST_KEY = 255  # characters
# Patterns that few requests need: compiling them costs a cold start more than all of this module.
_STRONG_TAG = r'(?<!W/)"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)"'
_ENTITY_TAGS = r'\s*(?:W/)?"[^"]*"(?:\s*,\s*(?:W/)?"[^"]*")*\s*'


def path_id(request: Request) -> int:
    """The id in the path; raises NotFound for what cannot be one."""
    text: str = request.path_params["id"]
    if not re.fullmatch(r"[1-9][0-9]{0,19}", text) or int(text) > LARGEST_ID:
        raise NotFound("not_found", "An id is a positive whole number.")
    return int(text)


def page_request(request: Request) -> PageRequest:
    """The page that the query asks for; raises Malformed for a wrong `limit` or `after`."""
    after = request.query_params.get("after")
    before_id = LARGEST_ID if after is None else decode_cursor(after)
    return PageRequest(limit(request), before_id)


def limit(request: Request) -> int:
    """How many rows the query asks for at most; raises Malformed."""
    text = request.query_params.get("limit")
    if text is None:
        return LARGEST_LIMIT if call_state(request).is_bare else DEFAULT_LIMIT
    if not re.fullmatch(r"[1-9][0-9]{0,2}", text) or int(text) > LARGEST_LIMIT:
        raise Malformed("limit_invalid", f"limit must be a whole number from 1 to {LARGEST_LIMIT}.")
    return int(text)


def page_response(
    request: Request, page: PageRequest, rows: Sequence[Mapping[str, Any]], name: str | None = None
) -> JSONResponse:
    """The first `page.limit` rows as a JSON array; `Link` has the next page.

    One row more than that only shows that there is a next page. With a `name` the array is a member
    of that name.
    """
    shown = rows[: page.limit]
    response = JSONResponse({name: shown} if name else shown)
    if len(rows) > page.limit:
        link_next(response, request, encode_cursor(shown[-1]["id"]))
    return response


def link_next(response: JSONResponse, request: Request, cursor: str) -> None:
    """Name the page behind this cursor as the next one (RFC 8288)."""
    address = same_address_with(request, after=cursor)
    response.headers["Link"] = f'<{address}>; rel="next"'


def encode_cursor(row_id: int) -> str:
    """The cursor of the page below this id; it is opaque, and only we make them."""
    return base64.urlsafe_b64encode(f"id:{row_id}".encode()).decode().rstrip("=")


def decode_cursor(cursor: str) -> int:
    """The id behind a cursor; raises Malformed for one that we did not make."""
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        row_id = int(text.removeprefix(b"id:").decode("ascii"))
    except (binascii.Error, ValueError):
        row_id = 0
    if not 0 < row_id <= LARGEST_ID or encode_cursor(row_id) != cursor:
        raise Malformed("cursor_invalid", "after must be a cursor from a Link header.")
    return row_id


def choice(request: Request, name: str, allowed: Sequence[str]) -> str | None:
    """A query parameter that may be missing, else must be one of these; raises Invalid."""
    value = request.query_params.get(name)
    if value is not None and value not in allowed:
        detail = f"The {name} must be one of: {', '.join(allowed)}."
        raise Invalid([FieldError(name, detail)])
    return value


def idempotency_key(request: Request) -> str:
    """The `Idempotency-Key` header, or a key of our own, so that our statement can run twice.

    Raises Malformed for an empty one or one of more than 255 characters.
    """
    key = request.headers.get("idempotency-key")
    if key is None:
        return secrets.token_hex(32)
    if not 1 <= len(key) <= _LONGEST_KEY:
        raise Malformed("idempotency_key_invalid", "Idempotency-Key must have 1 to 255 characters.")
    return key


def entity_tag(version: str) -> str:
    """The `ETag` (RFC 9110, section 8.8.3) of what was last changed at this time."""
    return f'"{version}"'


def if_match(request: Request) -> tuple[str, ...] | None:
    """The versions that `If-Match` allows (RFC 9110, section 13.1.1); None for any.

    A weak tag, and one that we never gave, match nothing. Raises Malformed for what is no list of
    entity tags.
    """
    header = request.headers.get("if-match")
    if header is None or header.strip() == "*":
        return None
    if not re.fullmatch(_ENTITY_TAGS, header):
        raise Malformed("if_match_invalid", "If-Match must be * or entity tags, each in quotes.")
    return tuple(re.findall(_STRONG_TAG, header))
