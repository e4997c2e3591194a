"""One POST to a webhook's address, beside the event loop; redirects are not followed."""

from __future__ import annotations

import asyncio
import http.client
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class WebhookAnswer:
    """A status and a body; or no status, and the reason: `timed out` or `not connected`."""

    status: int | None
    body: bytes = b""
    problem: str = ""


TIMED_OUT = "timed out"
NOT_CONNECTED = "not connected"


async def post(
    url: str, headers: Mapping[str, str], body: str, timeout_seconds: float
) -> WebhookAnswer:
    """Send it and wait for the whole answer, for so long at most."""
    sending = asyncio.to_thread(_post, url, headers, body, timeout_seconds)
    try:
        return await asyncio.wait_for(sending, timeout_seconds)
    except TimeoutError:
        return WebhookAnswer(None, problem=TIMED_OUT)


def _post(url: str, headers: Mapping[str, str], body: str, timeout_seconds: float) -> WebhookAnswer:
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=timeout_seconds)
    try:
        content = {"Content-Type": "application/json"}
        connection.request("POST", parts.path, body.encode(), {**content, **headers})
        answer = connection.getresponse()
        return WebhookAnswer(answer.status, answer.read())
    except TimeoutError:
        return WebhookAnswer(None, problem=TIMED_OUT)
    except (OSError, http.client.HTTPException):
        return WebhookAnswer(None, problem=NOT_CONNECTED)
    finally:
        connection.close()
