"""A function's result as the HTTP response that an HTTP API makes of it (payload format 2.0).

Source: Amazon API Gateway Developer Guide, "Create AWS Lambda proxy integrations for HTTP APIs",
section "Lambda function response for format 2.0".
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping
from typing import Any

from starlette.responses import JSONResponse, Response

HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110 section 5.6.2, token
HEADER_VALUE = re.compile(r"[\t\x20-\x7e\xa0-\xff]*")  # RFC 9110 section 5.5
BODILESS = frozenset({204, 304})
HOP_BY_HOP = frozenset({"connection", "content-length", "keep-alive", "transfer-encoding"})


class MalformedResult(Exception):
    """The function answered something that is no HTTP response."""


def http_response(payload: bytes) -> Response:
    """Answer the response; raises MalformedResult where API Gateway would answer 500."""
    result = _json(payload)
    if not isinstance(result, dict) or "statusCode" not in result:
        return Response(payload, media_type="application/json")
    status = _status(result["statusCode"])
    response = Response(b"" if status in BODILESS else _body(result), status)
    for name, value in _headers(result).items():
        response.headers[name] = value
    if response.body and "content-type" not in response.headers:
        response.headers["content-type"] = "text/plain;charset=UTF-8"
    for cookie in result.get("cookies") or []:
        response.headers.append("set-cookie", _header_value(cookie))
    return response


def message(status: int, text: str, **more: str) -> Response:
    """Answer one of API Gateway's own responses, with `more` for the developer."""
    return JSONResponse({"message": text, **more}, status)


def _json(payload: bytes) -> object:
    try:
        return json.loads(payload)
    except ValueError as error:
        raise MalformedResult("the result is not JSON") from error


def _status(value: object) -> int:
    try:
        status = int(str(value))
    except ValueError as error:
        raise MalformedResult("statusCode is not a number") from error
    if not 200 <= status <= 599:
        raise MalformedResult("statusCode is not a final HTTP status")
    return status


def _headers(result: Mapping[str, Any]) -> dict[str, str]:
    headers = result.get("headers") or {}
    if not isinstance(headers, dict):
        raise MalformedResult("headers is not an object")
    return {
        _header_name(name): _header_value(value)
        for name, value in headers.items()
        if name.lower() not in HOP_BY_HOP
    }


def _header_name(name: str) -> str:
    if not HEADER_NAME.fullmatch(name):
        raise MalformedResult("a header has no proper name")
    return name


def _header_value(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if not isinstance(value, str | int | float) or not HEADER_VALUE.fullmatch(text):
        raise MalformedResult("a header has no proper value")
    return text


def _body(result: Mapping[str, Any]) -> bytes:
    body = result.get("body")
    if body is None:
        return b""
    if not isinstance(body, str):
        raise MalformedResult("body is not a string")
    if not result.get("isBase64Encoded"):
        return body.encode(errors="replace")  # JSON may hold half a surrogate pair
    try:
        return base64.b64decode(body, validate=True)
    except binascii.Error as error:
        raise MalformedResult("body is not base64") from error
