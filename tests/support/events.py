"""The three shapes in which one HTTP request reaches a function, and the context beside it."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

Event = dict[str, Any]
Headers = dict[str, str]

REQUEST_ID = "11111111-2222-4333-8444-555555555555"


@dataclass
class ClientContext:
    """As awslambdaric makes it: of all that was sent, `custom` arrives."""

    custom: Any = None


@dataclass
class LambdaContext:
    aws_request_id: str = REQUEST_ID
    client_context: ClientContext | None = None


def context_of_netlify(content: Any) -> LambdaContext:
    """The context of an invocation by Netlify's gateway."""
    text = base64.b64encode(json.dumps(content).encode()).decode()
    return LambdaContext(client_context=ClientContext({"netlify": text}))


def http_api(
    method: str, path: str, query: str = "", body: str | None = None, headers: Headers | None = None
) -> Event:
    """An HTTP API event, payload format 2.0."""
    named = {"host": "api.example", **(headers or {})}
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": query,
        "headers": {name: value for name, value in named.items() if name != "cookie"},
        "cookies": [named["cookie"]] if "cookie" in named else [],
        "requestContext": {
            "stage": "$default",
            "http": {"method": method, "path": path, "sourceIp": "198.51.100.7"},
        },
        "body": body,
        "isBase64Encoded": False,
    }


def rest_api(
    method: str, path: str, query: str = "", body: str | None = None, headers: Headers | None = None
) -> Event:
    """A REST API proxy event."""
    return {
        **netlify(method, path, query, body, headers),
        "resource": "/{proxy+}",
        "requestContext": {"stage": "prod", "identity": {"sourceIp": "198.51.100.7"}},
    }


def netlify(
    method: str, path: str, query: str = "", body: str | None = None, headers: Headers | None = None
) -> Event:
    """The raw event of a Netlify function (HandlerEvent of @netlify/functions)."""
    named = {"host": "latchkey.example", "x-nf-client-connection-ip": "198.51.100.7"}
    named |= headers or {}
    pairs = parse_qsl(query, keep_blank_values=True)
    return {
        "rawUrl": f"https://latchkey.example{path}?{query}",
        "rawQuery": query,
        "path": path,
        "httpMethod": method,
        "headers": named,
        "multiValueHeaders": {name: [value] for name, value in named.items()},
        "queryStringParameters": dict(pairs),
        "multiValueQueryStringParameters": {
            name: [value for other, value in pairs if other == name] for name, _ in pairs
        },
        "body": body,
        "isBase64Encoded": False,
    }
