"""A user's metadata: JSON objects of the application's own."""

from __future__ import annotations

import json

from local.store import Document
from local.stytch.errors import ErrorType, StytchError


def merge_metadata(current: Document, update: Document) -> Document:
    """Merged at the top level only; a null removes its key.

    At most 20 keys and 4 KB (https://stytch.com/docs/api/metadata).
    """
    merged = merge_top_level(current, update)
    if len(merged) > 20:
        raise StytchError(ErrorType.METADATA_TOO_MANY_KEYS)
    if len(json.dumps(merged).encode()) > 4096:
        raise StytchError(ErrorType.METADATA_TOO_LARGE)
    return merged


def merge_top_level(current: Document, update: Document) -> Document:
    return {name: value for name, value in (current | update).items() if value is not None}
