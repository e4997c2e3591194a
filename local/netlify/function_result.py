"""A v1 function's result, turned into the HTTP answer.

`{statusCode, headers?, multiValueHeaders?, body?, isBase64Encoded?}`: `HandlerResponse` of
@netlify/functions.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from starlette.responses import Response

from local.aws import Invocation
from local.netlify.inbound_headers import HOP_BY_HOP
from local.netlify.problems import FUNCTION_FAILED, FUNCTION_TIMED_OUT, GatewayError, Problem

# RFC 9110 section 5.6.2 (token) and 5.5 (field value without control characters).
HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
HEADER_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
BODILESS = frozenset({204, 304})


def response_of(payload: bytes) -> Response:
    """The answer to send; raises GatewayError for anything but a v1 result."""
    try:
        result = json.loads(payload)
        status = _status(result)
        body = _body(result)
        headers = list(_headers(result))
    except (ValueError, TypeError, AttributeError, binascii.Error) as error:
        raise GatewayError(FUNCTION_FAILED) from error
    response = Response(status_code=status, content=b"" if status in BODILESS else body)
    response.raw_headers.extend(headers)
    return response


def failure_of(invocation: Invocation) -> Problem:
    """The problem behind a function error; unlike Netlify's, its detail tells the developer why."""
    if "Sandbox.Timedout" in invocation.failure or "timed out" in invocation.failure:
        return FUNCTION_TIMED_OUT
    return replace(FUNCTION_FAILED, detail=f"{FUNCTION_FAILED.detail} {invocation.failure}")


def _status(result: dict[str, Any]) -> int:
    status = result.get("statusCode")
    if not isinstance(status, int) or not 200 <= status <= 599:
        raise ValueError("statusCode")
    return status


def _body(result: dict[str, Any]) -> bytes:
    body = result.get("body") or ""
    return base64.b64decode(body, validate=True) if result.get("isBase64Encoded") else body.encode()


def _headers(result: dict[str, Any]) -> Iterator[tuple[bytes, bytes]]:
    """Where both forms hold a name, the one that can repeat it counts."""
    single = {name.lower(): [value] for name, value in (result.get("headers") or {}).items()}
    repeated = {
        name.lower(): values for name, values in (result.get("multiValueHeaders") or {}).items()
    }
    for name, values in (single | repeated).items():
        if name not in HOP_BY_HOP | {"content-length"}:
            for value in values:
                yield _checked(HEADER_NAME, name), _checked(HEADER_VALUE, _text(value))


def _text(value: str | float | bool) -> str:
    return json.dumps(value) if isinstance(value, bool) else str(value)


def _checked(pattern: re.Pattern[str], text: str) -> bytes:
    if not pattern.fullmatch(text):
        raise ValueError("header")
    return text.encode("latin-1")
