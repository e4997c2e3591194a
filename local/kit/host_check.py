"""Lets only requests pass that name this machine.

A web page could point its own name at 127.0.0.1 (DNS rebinding) and read the outbox; the Host
header still carries that name.
"""

from __future__ import annotations

from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from local.kit.loopback import is_loopback


class HostCheck:
    """Passes on requests to loopback names and `own_name`; others get 421 (RFC 9110, 15.5.20)."""

    def __init__(self, app: ASGIApp, own_name: str) -> None:
        self._app = app
        self._own_name = own_name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = _without_port(Headers(scope=scope).get("host", "localhost").lower())
        if is_loopback(name) or name == self._own_name:
            await self._app(scope, receive, send)
        else:
            refusal = PlainTextResponse(
                "Not a name of this machine.", HTTPStatus.MISDIRECTED_REQUEST
            )
            await refusal(scope, receive, send)


def _without_port(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host
