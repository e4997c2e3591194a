"""Refuses requests that have two lengths.

With Content-Length and Transfer-Encoding, servers in a row may see different requests in the same
bytes: request smuggling (RFC 9112, section 6.1).
"""

from __future__ import annotations

from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class FramingCheck:
    """Passes on requests with one length; others get 400, and the connection is closed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        if "content-length" in headers and "transfer-encoding" in headers:
            refusal = PlainTextResponse(
                "Content-Length and Transfer-Encoding exclude each other.",
                HTTPStatus.BAD_REQUEST,
                headers={"Connection": "close"},
            )
            await refusal(scope, receive, send)
        else:
            await self._app(scope, receive, send)
