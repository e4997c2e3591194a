"""Making an event safe to read: what a caller controls in it can be anything at all."""

from __future__ import annotations

import re
from typing import Any

Event = dict[str, Any]

_HOST = re.compile(r"[A-Za-z0-9._-]+(:\d{1,5})?")
_PORT = re.compile(r"\d{1,5}")


def is_http(event: object) -> bool:
    """Whether this is a request; warm-up pings, schedules and tests from a console are not."""
    if not isinstance(event, dict):
        return False
    context = event.get("requestContext")
    http = context.get("http") if isinstance(context, dict) else None
    return isinstance(event.get("httpMethod"), str) or isinstance(http, dict)


def readable(event: Event) -> Event:
    """The event with headers that Mangum can read: none missing, none null, a Host it can split."""
    headers = {
        name.lower(): str(value)
        for name, value in (event.get("headers") or {}).items()
        if value is not None
    }
    multiple = {
        name.lower(): [str(value) for value in values if value is not None]
        for name, values in (event.get("multiValueHeaders") or {}).items()
        if isinstance(values, list)
    }
    if "cookie" in multiple:  # HTTP/2 may split them (RFC 9113, section 8.2.3)
        multiple["cookie"] = ["; ".join(multiple["cookie"])]
    for name, pattern in (("host", _HOST), ("x-forwarded-port", _PORT)):
        if not pattern.fullmatch(headers.get(name, "")):
            headers.pop(name, None)
            multiple.pop(name, None)
        elif name in multiple:
            multiple[name] = multiple[name][:1]
    return {**event, "headers": headers, "multiValueHeaders": multiple}
