"""One JSON request to Stytch or Identity: short timeouts, no redirects."""

import http.client
import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from shared import spans, stopwatch
from shared.auth.upstream_connection import Message, Origin, exchange
from shared.errors import UpstreamUnavailable

UPSTREAM_ANSWER_SECONDS = 4.0
CLOCK_LEEWAY_SECONDS = 10  # by which a provider's clock and ours may differ


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


@spans.recorded(
    "call",
    lambda method, url, *_: {"method": method, "url": url.partition("?")[0]},
    lambda answer: {"status": answer.status},
)
def _exchange(
    method: str, url: str, headers: Mapping[str, str], body: Mapping[str, Any] | None
) -> Answer:
    parts = urlsplit(url)
    origin = Origin(parts.scheme, parts.hostname or "", parts.port)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    message = Message(method, target, headers, None)
    if body is not None:
        with_type = {**headers, "Content-Type": "application/json"}
        message = Message(method, target, with_type, json.dumps(body).encode())
    reply = exchange(origin, message, UPSTREAM_ANSWER_SECONDS)
    return _answer(reply.status, reply.content, reply.retry_after)


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
