"""Keyset pages: so many rows below an id, and the opaque cursor that stands for that id."""

from __future__ import annotations

import base64
import binascii
from typing import NamedTuple

from shared.errors import Malformed

DEFAULT_LIMIT = 50
LARGEST_LIMIT = 200  # also the default where the tutorials' front ends call, which know no pages
LARGEST_ID = 2**64 - 1


class PageRequest(NamedTuple):
    """Up to `limit` rows whose ids are below `before_id`, newest first.

    Whoever reads a page asks for one row more: it only shows that there is a next page.
    """

    limit: int = DEFAULT_LIMIT
    before_id: int = LARGEST_ID


def encode_cursor(row_id: int) -> str:
    """The cursor of the page below this id."""
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
