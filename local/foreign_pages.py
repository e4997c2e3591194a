"""Keeps the pages of other sites from using the local cloud's own controls through a browser.

A page may send a simple POST to any port of this machine without asking (Fetch standard, no-cors
mode). The product decides for itself what it takes from other origins; the Lambda API, the Stytch
emulator and the controls have no business with any.
"""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from local.host_check import LOOPBACK_NAMES

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class ForeignPages:
    """Refuses, with 403, what another site's page sends to a path below `guarded`."""

    def __init__(self, app: ASGIApp, guarded: tuple[str, ...]) -> None:
        self._app = app
        self._guarded = guarded

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_guarded = scope["path"].startswith(self._guarded)
        if is_guarded and scope["method"] not in SAFE_METHODS and _is_foreign(Headers(scope=scope)):
            refusal = PlainTextResponse("Not for pages of other sites.", HTTPStatus.FORBIDDEN)
            await refusal(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _is_foreign(headers: Headers) -> bool:
    if headers.get("sec-fetch-site") == "cross-site":
        return True
    origin = headers.get("origin")
    return origin is not None and _host(origin) not in LOOPBACK_NAMES


def _host(origin: str) -> str:
    try:
        return (urlsplit(origin).hostname or "").replace("::1", "[::1]")
    except ValueError:
        return ""
