"""Long lists, a part at a time, as GoTrue's admin endpoints give them (GoTrue `pagination.go`)."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TypeVar
from urllib.parse import urlencode

from starlette.requests import Request

from local.identity.errors import HTTPError

Item = TypeVar("Item")

DEFAULT_PER_PAGE = 50
LARGEST_UINT64 = 2**64 - 1
_NUMBER = re.compile(r"[0-9]{1,4000}")


def paginate(request: Request, items: Sequence[Item]) -> tuple[Sequence[Item], dict[str, str]]:
    """Return the items that `page` (from 1) and `per_page` of the query ask for, and two headers.

    The headers are `Link` and `X-Total-Count`. Raises HTTPError 400 for a bad number.
    """
    page = _number(request, "page", default=1)
    per_page = _number(request, "per_page", default=DEFAULT_PER_PAGE)
    if per_page == 0:
        raise _refused("per_page must not be 0")
    start = (max(page, 1) - 1) * per_page
    last = math.ceil(len(items) / per_page)
    headers = {"Link": _links(request, page, last), "X-Total-Count": str(len(items))}
    return items[start : start + per_page], headers


def _number(request: Request, name: str, *, default: int) -> int:
    text = request.query_params.get(name, "")
    if not text:
        return default
    if not _NUMBER.fullmatch(text):
        raise _refused(f'strconv.ParseUint: parsing "{text}": invalid syntax')
    if int(text) > LARGEST_UINT64:
        raise _refused(f'strconv.ParseUint: parsing "{text}": value out of range')
    return int(text)


def _refused(reason: str) -> HTTPError:
    return HTTPError(400, f"Bad Pagination Parameters: {reason}")


def _links(request: Request, page: int, last: int) -> str:
    targets = {"next": page + 1} if page < last else {}
    if page > 1:
        targets["prev"] = page - 1
    targets["last"] = last
    query = dict(request.query_params)
    return ", ".join(
        f'<{request.url.path}?{urlencode(sorted({**query, "page": number}.items()))}>; rel="{name}"'
        for name, number in targets.items()
    )
