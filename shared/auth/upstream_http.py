"""One JSON request to another service: few imports, short timeouts, no retries, no redirects."""

from __future__ import annotations

import http.client
import json
import re
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from threading import Timer
from typing import Any
from urllib.parse import urlsplit

from shared import stopwatch
from shared.errors import Unavailable

CONNECT_SECONDS = 2.0
READ_SECONDS = 4.0
_LARGEST_ANSWER = 1 << 20  # bytes; what we ask for is a few kilobytes


@dataclass(frozen=True)
class Answer:
    """An HTTP status, the object that came with it ({} for anything else) and Retry-After."""

    status: int
    body: dict[str, Any]
    retry_after: int = 5


def request(
    service: str,
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    body: Mapping[str, Any] | None = None,
) -> Answer:
    """Send one request and answer what came back, 4xx included.

    Raises Unavailable, naming `service`, when it cannot be reached, takes longer than 2 s to
    connect or 4 s to answer, or answers 429, 5xx, or a success that is not a JSON object.
    """
    with stopwatch.upstream():
        try:
            answer = _exchange(method, url, headers, body)
        except (OSError, ValueError, RecursionError, http.client.HTTPException):
            raise _unavailable(service, 5) from None
    if answer.status == 429 or answer.status >= 500:
        raise _unavailable(service, answer.retry_after)
    return answer


def _exchange(
    method: str, url: str, headers: Mapping[str, str], body: Mapping[str, Any] | None
) -> Answer:
    parts = urlsplit(url)
    payload = None if body is None else json.dumps(body).encode()
    kind = {} if payload is None else {"Content-Type": "application/json"}
    connection = _connection(parts.scheme, parts.hostname or "", parts.port)
    try:
        connection.connect()
        with _deadline(connection.sock):
            target = f"{parts.path}?{parts.query}" if parts.query else parts.path
            connection.request(method, target, body=payload, headers={**headers, **kind})
            response = connection.getresponse()
            text = response.read(_LARGEST_ANSWER)
        return _answer(response.status, text, response.getheader("Retry-After"))
    finally:
        connection.close()


@contextmanager
def _deadline(connected: socket.socket) -> Iterator[None]:
    """Cut the connection after 4 s, however slowly the answer drips in."""
    connected.settimeout(READ_SECONDS)
    timer = Timer(READ_SECONDS, _cut, [connected])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cut(connected: socket.socket) -> None:
    with suppress(OSError):  # it may have ended by itself a moment ago
        connected.shutdown(socket.SHUT_RDWR)


def _connection(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    if scheme == "https":
        return http.client.HTTPSConnection(
            host, port, timeout=CONNECT_SECONDS, context=_tls_context()
        )
    return http.client.HTTPConnection(host, port, timeout=CONNECT_SECONDS)


@cache
def _tls_context() -> ssl.SSLContext:
    """Made once: loading the system's authorities takes tens of milliseconds."""
    return ssl.create_default_context()


def _answer(status: int, text: bytes, retry_after: str | None) -> Answer:
    """Raises ValueError for a success that is not a JSON object, unless it is empty."""
    is_seconds = re.fullmatch(r"[0-9]{1,4}", retry_after or "")
    seconds = int(is_seconds.group()) if is_seconds else 5
    if status >= 300:
        return Answer(status, _object_or_empty(text), seconds)
    body = json.loads(text) if text else {}
    if not isinstance(body, dict):
        raise ValueError("not an object")  # noqa: TRY004 - about the answer, not about our types
    return Answer(status, body, seconds)


def _object_or_empty(text: bytes) -> dict[str, Any]:
    try:
        body = json.loads(text)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _unavailable(service: str, retry_after: int) -> Unavailable:
    return Unavailable(
        f"{service.lower()}_unavailable",
        f"{service} does not answer at the moment; nothing was changed. Please try again.",
        retry_after,
    )
