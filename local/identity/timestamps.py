"""Times as GoTrue writes them: RFC 3339, UTC, whole seconds."""

from __future__ import annotations

from datetime import UTC, datetime


def timestamp(seconds: float) -> str:
    """`seconds` since 1970 as `2026-01-31T12:00:00Z`."""
    return datetime.fromtimestamp(int(seconds), UTC).isoformat().replace("+00:00", "Z")


def seconds_since(moment: str, now: float) -> float:
    """How long before `now` (seconds since 1970) the timestamp `moment` was."""
    return now - datetime.fromisoformat(moment).timestamp()
