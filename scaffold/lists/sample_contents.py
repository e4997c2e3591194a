"""What is in a sample event: the same request as AWS and as Netlify hand it to a function.

Sources: API Gateway, "AWS Lambda proxy integrations for HTTP APIs", payload format 2.0;
`HandlerEvent` of @netlify/functions.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import yaml

from scaffold.checkout import Checkout
from scaffold.routes import Route
from scaffold.yaml_text import LOADER

DESCRIPTION = "docs/openapi.yaml"

_API = "abcde12345"
_API_HOST = f"{_API}.execute-api.eu-central-1.amazonaws.com"
_SITE = "latchkey.example"
_BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
_ADDRESS = "192.0.2.17"  # RFC 5737
# Stytch's published sandbox value, which every test project accepts.
_STYTCH_TOKEN = "WJtR5BCy38Szd5AfoDpf0iqFKEt4EE5JhjlWUY7l3FtY"  # noqa: S105
_IDENTITY_TOKEN = "${NETLIFY_IDENTITY_TOKEN}"  # noqa: S105 - filled in by `make invoke`
_ADA = {
    "app_metadata": {"provider": "email", "roles": ["admin"]},
    "email": "ada@example.com",
    "exp": 4102444800,
    "sub": "3f0c1d52-6f0e-4c0a-9d5c-2b1e8a7f6d43",
    "user_metadata": {"full_name": "Ada Lovelace"},
}


@dataclass(frozen=True)
class Request:
    """A request for a resource; `is_bare`: the function's bare URL asks for it as well.

    `is_anonymous`: it needs no credential, so the sample has none.
    """

    function: str
    method: str
    path: str
    is_bare: bool
    is_anonymous: bool
    route_key: str
    path_parameters: dict[str, str]
    body: str | None


def body_of(checkout: Checkout, route: Route) -> str | None:
    """A body with the required fields that the description of the route names."""
    document = yaml.load(checkout.read(DESCRIPTION), Loader=LOADER)  # noqa: S506 - a safe one
    operation = document["paths"].get(route.path, {}).get(route.method.lower(), {})
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    return None if content is None else json.dumps(_value(content["schema"], document))


def _value(schema: dict[str, Any], document: dict[str, Any]) -> Any:
    """An example of a schema; of an object its required properties, or all of them."""
    if "$ref" in schema:
        found: Any = document
        for name in schema["$ref"].removeprefix("#/").split("/"):
            found = found[name]
        return _value(found, document)
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") == "object":
        properties = schema.get("properties", {})
        names = schema.get("required", properties)
        return {name: _value(properties.get(name, {}), document) for name in names}
    examples = {"integer": 1, "number": 1, "boolean": True, "array": []}
    text = "grace@example.com" if schema.get("format") == "email" else "An example"
    return examples.get(schema.get("type", "string"), text)


def _aws(request: Request, token: str) -> dict[str, Any]:
    headers = {
        **_headers(request, _API_HOST, token),
        "x-amzn-trace-id": "Root=1-692089f0-4f1c2d3e5a6b7c8d9e0f1a2b",
        "x-forwarded-for": _ADDRESS,
        "x-forwarded-port": "443",
        "x-forwarded-proto": "https",
    }
    parameters = {"pathParameters": request.path_parameters} if request.path_parameters else {}
    body = {} if request.body is None else {"body": request.body}
    return {
        "version": "2.0",
        "routeKey": request.route_key,
        "rawPath": f"/api{request.path}",
        "rawQueryString": "",
        "headers": headers,
        **parameters,
        "requestContext": {
            "accountId": "123456789012",
            "apiId": _API,
            "domainName": _API_HOST,
            "domainPrefix": _API,
            "http": {
                "method": request.method,
                "path": f"/api{request.path}",
                "protocol": "HTTP/1.1",
                "sourceIp": _ADDRESS,
                "userAgent": _BROWSER,
            },
            "requestId": "UaZt3hX1FiAEJlw=",
            "routeKey": request.route_key,
            "stage": "$default",
            "time": "21/Nov/2026:15:48:00 +0000",
            "timeEpoch": 1795276080000,
        },
        **body,
        "isBase64Encoded": False,
    }


def _netlify(request: Request, token: str | None, user: dict[str, Any] | None) -> dict[str, Any]:
    path = f"/.netlify/functions/{request.function}{'' if request.is_bare else request.path}"
    headers = {
        **_headers(request, _SITE, token),
        "x-forwarded-proto": "https",
        "x-nf-client-connection-ip": _ADDRESS,
        "x-nf-request-id": "01JD6Z8Q4T3M5N7P9R1S2V4W6X",
    }
    identity = {
        "url": "http://localhost:8888/.netlify/identity",
        "token": "a-short-lived-operator-token",
    }
    return {
        "event": {
            "rawUrl": f"https://{_SITE}{path}",
            "rawQuery": "",
            "path": path,
            "httpMethod": request.method,
            "headers": headers,
            "multiValueHeaders": {name: [value] for name, value in headers.items()},
            "queryStringParameters": {},
            "multiValueQueryStringParameters": {},
            "body": request.body,
            "isBase64Encoded": False,
        },
        "clientContext": {
            "identity": identity,
            "site_url": f"https://{_SITE}",
            **({"user": user} if user and not request.is_anonymous else {}),
        },
    }


def _headers(request: Request, host: str, token: str | None) -> dict[str, str]:
    headers = {"accept": "application/json"}
    if token is not None and not request.is_anonymous:
        headers["authorization"] = f"Bearer {token}"
    if request.body is not None:
        headers["content-type"] = "application/json"
    return {**headers, "host": host, "user-agent": _BROWSER}


FORMS: dict[str, Callable[[Request], dict[str, Any]]] = {
    "aws": lambda request: _aws(request, _STYTCH_TOKEN),
    "aws-identity": lambda request: _aws(request, _IDENTITY_TOKEN),
    "netlify": lambda request: _netlify(request, None, _ADA),
    "netlify-stytch": lambda request: _netlify(request, _STYTCH_TOKEN, None),
}
"""The content of a sample in each form, with the credential that belongs to it."""
