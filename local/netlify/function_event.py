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

from starlette.datastructures import MutableHeaders
from starlette.requests import Request

from local.kit.headers import HOP_BY_HOP, grouped

# The content types that netlify-cli sends as base64 (lib/functions/server.ts).
BINARY_CONTENT = re.compile(r"image|audio|video|application/pdf|application/zip|octet-stream", re.I)

# Only the edge sets these; what a caller sends under these names is dropped.
EDGE_ONLY_PREFIXES = ("x-nf-", "x-amz-", "x-amzn-", "x-forwarded-")
EDGE_ONLY = frozenset({"client-ip", "forwarded", "x-real-ip"})

Event = dict[str, Any]


def function_event(request: Request, request_id: str, body: bytes) -> Event:
    """Return the event of `request`, with the headers that the edge passes on."""
    path = request.scope["raw_path"].decode("latin-1")
    query = request.scope["query_string"].decode("latin-1")
    origin = f"{request.scope['scheme']}://{request.headers.get('host', 'localhost')}"
    header_values = grouped(_inbound_headers(request, request_id))
    query_values = grouped(parse_qsl(query, keep_blank_values=True))
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


def _inbound_headers(request: Request, request_id: str) -> list[tuple[str, str]]:
    """Return the headers in the order sent, names in lower case, repeated ones kept."""
    headers = MutableHeaders(raw=list(_from_caller(request.headers.raw)))
    client = request.client.host if request.client else "127.0.0.1"
    headers["client-ip"] = client
    headers["x-forwarded-for"] = client
    headers["x-forwarded-proto"] = request.scope["scheme"]
    headers["x-nf-client-connection-ip"] = client
    headers["x-nf-request-id"] = request_id
    return headers.items()


def _from_caller(raw: Iterable[tuple[bytes, bytes]]) -> Iterable[tuple[bytes, bytes]]:
    for name, value in raw:
        text = name.decode("latin-1").lower()
        edge_only = text in EDGE_ONLY or text.startswith(EDGE_ONLY_PREFIXES)
        if not edge_only and text not in HOP_BY_HOP:
            yield name, value


def _body(body: bytes, content_type: str) -> tuple[str | None, bool]:
    if not body:
        return None, False
    if not BINARY_CONTENT.search(content_type):
        try:
            return body.decode("utf-8"), False
        except UnicodeDecodeError:
            pass  # it is sent as base64 too
    return base64.b64encode(body).decode("ascii"), True
