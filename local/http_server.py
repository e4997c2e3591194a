"""uvicorn inside our event loop: several servers, one process, signals left to the supervisor."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections.abc import Callable, Iterator, Sequence

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

GRACE_SECONDS = 1
UNLOGGED_AGENT = b"latchkey-health"


class HttpServer:
    """Serves `app` on bound sockets between `start` and `stop`."""

    def __init__(self, app: ASGIApp, sockets: Sequence[socket.socket]) -> None:
        config = uvicorn.Config(
            app,
            http="h11",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        self._server = _LoopServer(config)
        self._sockets = list(sockets)
        self._serving: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to accept; answers once the server does, raises what keeps it from it."""
        self._serving = asyncio.create_task(self._server.serve(self._sockets))
        await self._server.startup_over.wait()
        if not self._server.started:
            await self._serving

    async def stop(self) -> None:
        """Let running requests end (at most GRACE_SECONDS), then close."""
        self._server.should_exit = True
        if self._serving is not None and self._server.started:
            await self._serving


class RequestLog:
    """Logs method, path, status and milliseconds of each request, never a query or a header.

    Our own looking-on (`/_dev/`, health checks) is left out.
    """

    def __init__(self, app: ASGIApp, write: Callable[[str], None]) -> None:
        self._app = app
        self._write = write

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if _is_worth_a_line(scope):
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
            self._write(f"{scope['method']} {path} {status} {spent} ms")


def _is_worth_a_line(scope: Scope) -> bool:
    return (
        scope["type"] == "http"
        and not scope["path"].startswith("/_dev")
        and (b"user-agent", UNLOGGED_AGENT) not in scope["headers"]
    )


class _LoopServer(uvicorn.Server):
    """A server that says when it has started, and that leaves Ctrl-C to others."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.startup_over = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            await super().startup(sockets)
        finally:
            self.startup_over.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
