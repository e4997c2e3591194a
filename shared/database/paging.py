"""Keyset pages: a limit, an opaque cursor, and the link to the next page."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shared.errors import Malformed

DEFAULT_LIMIT = 50
LARGEST_LIMIT = 200
LARGEST_ID = 2**64 - 1

Row = dict[str, Any]


@dataclass(frozen=True)
class PageRequest:
    """Up to `limit` rows whose ids are below `before_id`, newest first."""

    limit: int = DEFAULT_LIMIT
    before_id: int = LARGEST_ID


@dataclass(frozen=True)
class Page:
    """Rows, and the cursor of the page after them (None on the last)."""

    rows: Sequence[Row]
    next_cursor: str | None


def read_page_request(limit: str | None, after: str | None) -> PageRequest:
    """The page that `?limit=…&after=…` asks for; raises Malformed when it asks for none."""
    return PageRequest(_limit(limit), LARGEST_ID if after is None else decode_cursor(after))


def page_of(rows: Sequence[Row], limit: int) -> Page:
    """The page that rows make, of which one more than `limit` was asked for to see the next."""
    shown = rows[:limit]
    return Page(shown, encode_cursor(shown[-1]["id"]) if len(rows) > limit else None)


def encode_cursor(id: int) -> str:
    return base64.urlsafe_b64encode(f"id:{id}".encode()).decode().rstrip("=")


def decode_cursor(cursor: str) -> int:
    """The id behind a cursor; raises Malformed for one that we did not make."""
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        id = int(text.removeprefix(b"id:").decode("ascii"))
    except (binascii.Error, ValueError):
        raise _bad_cursor() from None
    if not 0 < id <= LARGEST_ID or encode_cursor(id) != cursor:
        raise _bad_cursor()
    return id


def _limit(text: str | None) -> int:
    if text is None:
        return DEFAULT_LIMIT
    if not re.fullmatch(r"[1-9][0-9]{0,2}", text) or int(text) > LARGEST_LIMIT:
        raise Malformed("limit_invalid", f"limit must be a whole number from 1 to {LARGEST_LIMIT}.")
    return int(text)


def _bad_cursor() -> Malformed:
    return Malformed("cursor_invalid", "after must be a cursor from a Link header.")
