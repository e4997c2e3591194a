"""Points in time as the pages show them: in the time zone of this machine."""

from __future__ import annotations

from datetime import UTC, datetime

from local.dev_pages.markup import Html, el


def clock_time(ms: float) -> Html:
    """Write hours, minutes and seconds of a time in milliseconds since 1970."""
    at = datetime.fromtimestamp(ms / 1000, UTC).astimezone()
    return el("time", f"{at:%H:%M:%S}", datetime=at.isoformat(), title=f"{at:%Y-%m-%d %H:%M:%S}")


def date_and_time(timestamp: str) -> Html:
    """Write a time in RFC 3339."""
    at = datetime.fromisoformat(timestamp).astimezone()
    return el("time", f"{at:%Y-%m-%d %H:%M:%S}", datetime=timestamp)
