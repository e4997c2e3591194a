"""A v1 function's result, turned into the HTTP answer.

`{statusCode, headers?, multiValueHeaders?, body?, isBase64Encoded?}`: `HandlerResponse` of
@netlify/functions.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from starlette.responses import Response

from local.kit.headers import BODILESS_STATUSES, FRAMING, header_name, header_value
from local.kit.invocation import Invocation
from local.netlify.problems import FUNCTION_FAILED, FUNCTION_TIMED_OUT, GatewayError, Problem


def response_of(payload: bytes) -> Response:
    """Return the answer to send; raises GatewayError for anything but a v1 result."""
    try:
        result = json.loads(payload)
        status = _status(result)
        body = _body(result)
        headers = list(_headers(result))
    except (ValueError, TypeError, AttributeError) as error:
        raise GatewayError(FUNCTION_FAILED) from error
    response = Response(status_code=status, content=b"" if status in BODILESS_STATUSES else body)
    response.raw_headers.extend(headers)
    return response


def failure_of(invocation: Invocation) -> Problem:
    """Return the problem of a function error; unlike at Netlify, its detail tells why."""
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
    """Yield all headers; of a name in both forms, the one that can repeat it counts."""
    single = {name.lower(): [value] for name, value in (result.get("headers") or {}).items()}
    repeated = {
        name.lower(): values for name, values in (result.get("multiValueHeaders") or {}).items()
    }
    for name, values in (single | repeated).items():
        if name not in FRAMING:
            for value in values:
                yield header_name(name).encode(), header_value(value).encode("latin-1")
