"""The raw event that Netlify hands to a Lambda-compatible (v1) function.

It has neither `resource`, `requestContext` nor `version`. After a rewrite `path` and `rawUrl` stay
those of the original request. Source: `HandlerEvent` of @netlify/functions.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

# The content types that netlify-cli sends as base64 (lib/functions/server.ts).
BINARY_CONTENT = re.compile(r"image|audio|video|application/pdf|application/zip|octet-stream", re.I)

Event = dict[str, Any]


def function_event(request: Request, headers: list[tuple[str, str]], body: bytes) -> Event:
    """The event of `request`, with the headers that the edge lets through."""
    path = request.scope["raw_path"].decode("latin-1")
    query = request.scope["query_string"].decode("latin-1")
    origin = f"{request.scope['scheme']}://{request.headers.get('host', 'localhost')}"
    header_values = _grouped(headers)
    query_values = _grouped(parse_qsl(query, keep_blank_values=True))
    text, is_base64 = _body(body, request.headers.get("content-type", ""))
    return {
        "rawUrl": f"{origin}{path}?{query}" if query else f"{origin}{path}",
        "rawQuery": query,
        "path": path,
        "httpMethod": request.method,
        "headers": {name: ", ".join(values) for name, values in header_values.items()},
        "multiValueHeaders": header_values,
        "queryStringParameters": {k: ", ".join(values) for k, values in query_values.items()},
        "multiValueQueryStringParameters": query_values,
        "body": text,
        "isBase64Encoded": is_base64,
    }


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for name, value in pairs:
        groups.setdefault(name, []).append(value)
    return groups


def _body(body: bytes, content_type: str) -> tuple[str | None, bool]:
    if not body:
        return None, False
    if not BINARY_CONTENT.search(content_type):
        try:
            return body.decode("utf-8"), False
        except UnicodeDecodeError:
            pass  # Netlify has no other way to carry it either
    return base64.b64encode(body).decode("ascii"), True
