"""Answers only requests that are meant for this machine, whatever DNS says.

A web page could point its own name at 127.0.0.1 (DNS rebinding) and read the outbox; the Host
header still carries that name.
"""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


class HostCheck:
    """Passes on requests to loopback names and to `also`; others get 421 (RFC 9110, 15.5.20)."""

    def __init__(self, app: ASGIApp, also: Iterable[str] = ()) -> None:
        self._app = app
        self._names = LOOPBACK_NAMES.union(also)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        host = Headers(scope=scope).get("host", "localhost")
        if _name(host) in self._names:
            await self._app(scope, receive, send)
        else:
            refusal = PlainTextResponse(
                "Not a name of this machine.", HTTPStatus.MISDIRECTED_REQUEST
            )
            await refusal(scope, receive, send)


def _name(host: str) -> str:
    name, colon, port = host.lower().rpartition(":")
    return name if colon and port.isdigit() else host.lower()
