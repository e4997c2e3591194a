"""All users of the Stytch project (`POST /v1/users/search`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from shared.auth.stytch import api, users
from shared.errors import StytchUnavailable
from sync_users.patience import patiently
from sync_users.record import Record

PER_PAGE = 500  # of 1,000 that are allowed: an answer may have one megabyte


def pages() -> Iterator[list[Record]]:
    """Page after page; raises StytchUnavailable."""
    cursor: str | None = None
    while True:
        asked_at = datetime.now(UTC)
        body: dict[str, Any] = {"limit": PER_PAGE} | ({"cursor": cursor} if cursor else {})
        answer = patiently(api.call, "POST", "/v1/users/search", body)
        results, metadata = answer.body.get("results"), answer.body.get("results_metadata")
        if answer.status != 200 or not (isinstance(results, list) and isinstance(metadata, dict)):
            raise StytchUnavailable
        yield [
            Record(f"stytch:{user['user_id']}", "stytch", users.person_of(user), asked_at)
            for user in results
        ]
        cursor = metadata.get("next_cursor")
        if not cursor:
            return
