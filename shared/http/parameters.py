"""What a request says in its path, its query and its headers."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from ipaddress import ip_address, ip_network
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse

from shared.database.paging import LARGEST_ID, Page, PageRequest, read_page_request
from shared.errors import FieldError, Invalid, Malformed, NotFound

_LONGEST_KEY = 255  # characters


def path_id(request: Request) -> int:
    """The id in the path; raises NotFound for what cannot be one."""
    text: str = request.path_params["id"]
    if not re.fullmatch(r"[1-9][0-9]{0,19}", text) or int(text) > LARGEST_ID:
        raise NotFound("not_found", "An id is a positive whole number.")
    return int(text)


def page_request(request: Request) -> PageRequest:
    """The page that the query asks for; raises Malformed when it asks for none."""
    query = request.query_params
    return read_page_request(query.get("limit"), query.get("after"))


def choice(request: Request, name: str, allowed: Sequence[str]) -> str | None:
    """A query parameter that must be one of these when it is there; raises Invalid."""
    value = request.query_params.get(name)
    if value is not None and value not in allowed:
        raise Invalid([FieldError(name, f"must be one of: {', '.join(allowed)}")])
    return value


def idempotency_key(request: Request) -> str:
    """The `Idempotency-Key` header, or a key of our own, so that we can repeat what we send.

    Raises Malformed for an empty one or one of more than 255 characters.
    """
    key = request.headers.get("idempotency-key")
    if key is None:
        return secrets.token_hex(32)
    if not 1 <= len(key) <= _LONGEST_KEY:
        raise Malformed("idempotency_key_invalid", "Idempotency-Key must have 1 to 255 characters.")
    return key


def client_address(request: Request) -> str:
    """Where the request came from, as the platform's own edge saw it.

    An IPv6 address stands for its /64 network: one line has as many addresses as it likes.
    """
    host = request.client.host if request.client else None
    try:
        address = ip_address(host or "")
    except ValueError:
        return host or "unknown"
    return str(ip_network((address, 64), strict=False)) if address.version == 6 else str(address)


def page_response(request: Request, page: Page) -> JSONResponse:
    """The rows as a JSON array, and the next page's address in `Link` (RFC 8288)."""
    response = JSONResponse(page.rows)
    if page.next_cursor is not None:
        query = {**request.query_params, "after": page.next_cursor}
        address = f"{quote(request.url.path)}?{urlencode(query)}"
        response.headers["Link"] = f'<{address}>; rel="next"'
    return response
