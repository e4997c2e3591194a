"""Times as the API writes them."""

from __future__ import annotations

from datetime import datetime


def rfc3339(moment: datetime) -> str:
    """A UTC time from the database as RFC 3339 text, such as 2026-01-31T09:00:00.123456Z."""
    return moment.isoformat(timespec="microseconds") + "Z"
