"""Calls from pages of other origins, which every page may make: the domain is checked later.

So a page that is not the project's reads why it is refused.
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ALLOWED_METHODS = "GET, POST, PUT, DELETE"
ALLOWED_HEADERS = "authorization, content-type, x-sdk-client, x-sdk-parent-host"


class LetPagesRead:
    """Middleware that answers preflights, and lets a page read the answers below `path`."""

    def __init__(self, app: ASGIApp, path: str) -> None:
        self._app = app
        self._below = f"{path}/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        origin = Headers(scope=scope).get("origin")
        if origin is None or not scope["path"].startswith(self._below):
            await self._app(scope, receive, send)
            return

        async def send_readable(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.add_vary_header("Origin")
                headers["Access-Control-Allow-Origin"] = origin
                headers["Access-Control-Allow-Credentials"] = "true"
            await send(message)

        app = _preflight() if scope["method"] == "OPTIONS" else self._app
        await app(scope, receive, send_readable)


def _preflight() -> Response:
    allowed = {
        "Access-Control-Allow-Methods": ALLOWED_METHODS,
        "Access-Control-Allow-Headers": ALLOWED_HEADERS,
    }
    return Response(status_code=204, headers=allowed)
