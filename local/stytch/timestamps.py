"""Times on the wire."""

from __future__ import annotations

from datetime import UTC, datetime


def rfc3339(seconds: float) -> str:
    """Seconds since 1970 in RFC 3339, UTC, with a `Z`; a fraction shows as microseconds."""
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")
