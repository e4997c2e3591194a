"""uvicorn inside our event loop: several servers in one process, signals left to the caller."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator, Sequence

import uvicorn
from starlette.types import ASGIApp

from local.kit.framing_check import FramingCheck

GRACE_SECONDS = 1


class HttpServer:
    """Serves `app` on bound sockets between `start` and `stop`."""

    def __init__(self, app: ASGIApp, sockets: Sequence[socket.socket]) -> None:
        config = uvicorn.Config(
            FramingCheck(app),
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        self._server = _Server(config)
        self._sockets = list(sockets)
        self._serving: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Return once connections are accepted; raises what prevents that."""
        self._serving = asyncio.create_task(self._server.serve(self._sockets))
        await self._server.startup_over.wait()
        if not self._server.started:
            await self._serving

    async def stop(self) -> None:
        """Let running requests end (at most GRACE_SECONDS), then close.

        A server that is stopped while it starts closes its sockets as well.
        """
        self._server.should_exit = True
        if self._serving is not None and self._server.started:
            await self._serving
        elif self._serving is not None:
            self._serving.cancel()
            await asyncio.gather(self._serving, return_exceptions=True)
        for bound in self._sockets:
            bound.close()

    async def abort(self) -> None:
        """Close at once, without waiting for running requests."""
        self._server.force_exit = True
        await self.stop()


class _Server(uvicorn.Server):
    """Tells when it has started, and leaves Ctrl-C to others."""

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
