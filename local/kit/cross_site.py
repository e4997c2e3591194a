"""Keeps the pages of other sites from using the local cloud's own controls through a browser.

A page may send a simple POST to any port of this machine without asking (Fetch standard, no-cors
mode). The functions decide for themselves what they take from other origins; the Lambda API, the
Stytch emulator and the controls take nothing.
"""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from local.kit.loopback import is_loopback

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class CrossSiteCheck:
    """Refuses, with 403, what another site's page sends to a path below `guarded`."""

    def __init__(self, app: ASGIApp, guarded: tuple[str, ...]) -> None:
        self._app = app
        self._guarded = guarded

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_guarded = scope["path"].startswith(self._guarded)
        changes = scope["method"] not in SAFE_METHODS
        if is_guarded and changes and _is_cross_site(Headers(scope=scope)):
            refusal = PlainTextResponse("Not for pages of other sites.", HTTPStatus.FORBIDDEN)
            await refusal(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _is_cross_site(headers: Headers) -> bool:
    if headers.get("sec-fetch-site") == "cross-site":
        return True
    origin = headers.get("origin")
    return origin is not None and not is_loopback(_host(origin))


def _host(origin: str) -> str:
    try:
        return urlsplit(origin).hostname or ""
    except ValueError:
        return ""
