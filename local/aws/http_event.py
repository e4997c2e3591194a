"""An HTTP request as the event that an HTTP API gives its functions (payload format 2.0).

Source: Amazon API Gateway Developer Guide, "Create AWS Lambda proxy integrations for HTTP APIs".
"""

from __future__ import annotations

import base64
import time
import uuid
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from local.aws.invocation import ACCOUNT
from local.kit.headers import grouped

API_ID = "local"
STAGE = "$default"
TEXT_TYPES = ("application/json", "application/javascript", "application/xml")


def http_event(
    request: Request, body: bytes, route_key: str, path_parameters: Mapping[str, str]
) -> dict[str, Any]:
    """Return the event; parts that a request does not have are left out, as on AWS."""
    raw_query = request.scope["query_string"].decode("latin-1")
    event = {
        "version": "2.0",
        "routeKey": route_key,
        "rawPath": request.scope["path"],
        "rawQueryString": raw_query,
        "headers": _headers(request),
        "requestContext": _request_context(request, route_key),
        "isBase64Encoded": False,
    }
    if cookies := _cookies(request):
        event["cookies"] = cookies
    if raw_query:
        event["queryStringParameters"] = _joined(parse_qsl(raw_query, keep_blank_values=True))
    if path_parameters:
        event["pathParameters"] = dict(path_parameters)
    if body:
        event |= _body(body, request.headers.get("content-type", ""))
    return event


def _headers(request: Request) -> dict[str, str]:
    forwarded_for = [*request.headers.getlist("x-forwarded-for"), _source_ip(request)]
    port = request.url.port or 80
    added = {
        "x-amzn-trace-id": f"Root=1-{int(time.time()):08x}-{uuid.uuid4().hex[:24]}",
        "x-forwarded-for": ", ".join(forwarded_for),
        "x-forwarded-port": str(port),
        "x-forwarded-proto": request.url.scheme,
    }
    received = [pair for pair in request.headers.items() if pair[0] not in {"cookie", *added}]
    return _joined(received) | added


def _source_ip(request: Request) -> str:
    return request.client.host if request.client else "127.0.0.1"


def _cookies(request: Request) -> list[str]:
    lines = request.headers.getlist("cookie")
    return [cookie.strip() for line in lines for cookie in line.split(";") if cookie.strip()]


def _joined(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Separate the values of a repeated name by commas."""
    return {name: ",".join(values) for name, values in grouped(pairs).items()}


def _request_context(request: Request, route_key: str) -> dict[str, Any]:
    now = time.time()
    domain = request.headers.get("host", "localhost")
    return {
        "accountId": ACCOUNT,
        "apiId": API_ID,
        "domainName": domain,
        "domainPrefix": domain.split(".")[0].split(":")[0],
        "http": {
            "method": request.method,
            "path": request.scope["path"],
            "protocol": f"HTTP/{request.scope['http_version']}",
            "sourceIp": _source_ip(request),
            "userAgent": request.headers.get("user-agent", ""),
        },
        "requestId": str(uuid.uuid4()),
        "routeKey": route_key,
        "stage": STAGE,
        "time": time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime(now)),
        "timeEpoch": int(now * 1000),
    }


def _body(body: bytes, content_type: str) -> dict[str, Any]:
    """Return the body as text where the content type says that it is text, else as base64."""
    media_type = content_type.partition(";")[0].strip().lower()
    if not media_type or media_type.startswith("text/") or media_type in TEXT_TYPES:
        try:
            return {"body": body.decode(), "isBase64Encoded": False}
        except UnicodeDecodeError:
            pass
    return {"body": base64.b64encode(body).decode(), "isBase64Encoded": True}
