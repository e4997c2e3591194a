"""A function's result as the HTTP response that an HTTP API makes of it (payload format 2.0).

Source: Amazon API Gateway Developer Guide, "Create AWS Lambda proxy integrations for HTTP APIs",
section "Lambda function response for format 2.0".
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from starlette.responses import JSONResponse, Response

from local.kit.headers import BODILESS_STATUSES, FRAMING, header_name, header_value


def http_response(payload: bytes) -> Response:
    """Return the response; raises TypeError or ValueError where API Gateway answers 500."""
    result = json.loads(payload)
    if not isinstance(result, dict) or "statusCode" not in result:
        return Response(payload, media_type="application/json")
    status = _status(result["statusCode"])
    response = Response(b"" if status in BODILESS_STATUSES else _body(result), status)
    for name, value in _headers(result).items():
        response.headers[name] = value
    if response.body and "content-type" not in response.headers:
        response.headers["content-type"] = "text/plain;charset=UTF-8"
    for cookie in result.get("cookies") or []:
        response.headers.append("set-cookie", header_value(cookie))
    return response


def message(status: int, text: str, **more: str) -> Response:
    """Return one of API Gateway's own responses, with `more` for the developer."""
    return JSONResponse({"message": text, **more}, status)


def _status(value: object) -> int:
    status = int(str(value))
    if not 200 <= status <= 599:
        raise ValueError("statusCode is not a final HTTP status")
    return status


def _headers(result: Mapping[str, Any]) -> dict[str, str]:
    headers = result.get("headers") or {}
    if not isinstance(headers, dict):
        raise TypeError("headers is not an object")
    return {
        header_name(name): header_value(value)
        for name, value in headers.items()
        if name.lower() not in FRAMING
    }


def _body(result: Mapping[str, Any]) -> bytes:
    body = result.get("body")
    if body is None:
        return b""
    if not isinstance(body, str):
        raise TypeError("body is not a string")
    if not result.get("isBase64Encoded"):
        return body.encode(errors="replace")  # JSON may hold half a surrogate pair
    return base64.b64decode(body, validate=True)
