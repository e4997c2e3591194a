"""One JSON request to Stytch or Identity: short timeouts, no retries, no redirects.

By `http.client`: importing `requests` or `urllib3` costs more than the rest of a cold start.
"""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from shared import stopwatch, tls
from shared.errors import UpstreamUnavailable
from shared.stopwatch import cut_after, seconds_left

UPSTREAM_CONNECT_SECONDS = 2.0
UPSTREAM_ANSWER_SECONDS = 4.0
CLOCK_LEEWAY_SECONDS = 10  # by which a provider's clock and ours may differ
_LARGEST_ANSWER = 1 << 20  # bytes; what we ask for is a few kilobytes


class Answer(NamedTuple):
    """An HTTP status, the object that came with it ({} for anything else) and Retry-After."""

    status: int
    body: dict[str, Any]
    retry_after: int = 5


def request(
    failure: type[UpstreamUnavailable],
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    body: Mapping[str, Any] | None = None,
) -> Answer:
    """Send one request and answer what came back, 4xx included.

    Raises `failure` when the service cannot be reached, takes longer than 2 s to connect or 4 s to
    answer (or than the invocation has left), or answers 429, 5xx, or a success that is not a JSON
    object.
    """
    with stopwatch.waiting_for("upstream"):
        try:
            answer = _exchange(method, url, headers, body)
        except (OSError, ValueError, RecursionError, http.client.HTTPException):
            raise failure() from None
    if answer.status == 429 or answer.status >= 500:
        raise failure(answer.retry_after)
    return answer


def _exchange(
    method: str, url: str, headers: Mapping[str, str], body: Mapping[str, Any] | None
) -> Answer:
    parts = urlsplit(url)
    payload = None if body is None else json.dumps(body).encode()
    content_type = {} if payload is None else {"Content-Type": "application/json"}
    connection = _connection(parts.scheme, parts.hostname or "", parts.port)
    try:
        connection.connect()
        seconds = seconds_left(UPSTREAM_ANSWER_SECONDS)
        connection.sock.settimeout(seconds)
        with cut_after(seconds, lambda: connection.sock):
            target = f"{parts.path}?{parts.query}" if parts.query else parts.path
            connection.request(method, target, body=payload, headers={**headers, **content_type})
            response = connection.getresponse()
            text = response.read(_LARGEST_ANSWER)
        return _answer(response.status, text, response.getheader("Retry-After"))
    finally:
        connection.close()


def _connection(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    seconds = seconds_left(UPSTREAM_CONNECT_SECONDS)
    if scheme == "https":
        return http.client.HTTPSConnection(host, port, timeout=seconds, context=tls.context())
    return http.client.HTTPConnection(host, port, timeout=seconds)


def _answer(status: int, text: bytes, retry_after: str | None) -> Answer:
    """Raises ValueError for a success that is not a JSON object, unless it is empty."""
    is_seconds = re.fullmatch(r"[0-9]{1,4}", retry_after or "")
    seconds = int(is_seconds.group()) if is_seconds else 5
    if status >= 300:
        return Answer(status, _object_or_empty(text), seconds)
    body = json.loads(text) if text else {}
    if not isinstance(body, dict):
        raise ValueError("not an object")  # noqa: TRY004 - the answer is wrong, not our types
    return Answer(status, body, seconds)


def _object_or_empty(text: bytes) -> dict[str, Any]:
    try:
        body = json.loads(text)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
