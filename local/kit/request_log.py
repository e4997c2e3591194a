"""One line of the log for each request."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send

UNLOGGED_AGENT = b"latchkey-health"


class Answered(NamedTuple):
    """A request and how it ended; its text is what the log file has of it."""

    method: str
    path: str
    status: int
    ms: int

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.status} {self.ms} ms"


class RequestLog:
    """Logs method, path, status and milliseconds of each request, never a query or a header.

    Requests of developer pages (`/_dev`) and of health checks are left out.
    """

    def __init__(self, app: ASGIApp, write: Callable[[Answered], None]) -> None:
        self._app = app
        self._write = write

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if _is_logged(scope):
            await self._logged(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _logged(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = time.perf_counter()
        status = 0

        async def noting_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting_status)
        finally:
            spent = round((time.perf_counter() - started) * 1000)
            path = scope["raw_path"].decode("latin-1")
            self._write(Answered(scope["method"], path, status, spent))


def _is_logged(scope: Scope) -> bool:
    return (
        scope["type"] == "http"
        and not scope["path"].startswith("/_dev")
        and (b"user-agent", UNLOGGED_AGENT) not in scope["headers"]
    )
