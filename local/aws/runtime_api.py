"""The Lambda Runtime API: where a runtime client fetches its events and posts its results.

Every execution environment has an API of its own, on a loopback port of its own, since the
protocol does not say who is asking. Source: AWS Lambda Developer Guide, "Using the Lambda runtime
API for custom runtimes".
"""

from __future__ import annotations

import asyncio
import contextlib
import socket

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.aws.invocation import SYNC_PAYLOAD_LIMIT, Event, Outcome, response_too_large

PREFIX = "/2018-06-01/runtime"


class RuntimeApi:
    """Hands one event at a time to one runtime client and keeps what comes back.

    `idle` is set while the client waits for an event; `outcome` is what it posted last.
    """

    def __init__(self) -> None:
        self.idle = asyncio.Event()
        self.outcome: Outcome | None = None
        self._events: asyncio.Queue[Event | None] = asyncio.Queue()
        self._current: Event | None = None
        self._socket = _loopback_socket()
        self._server = _Server(self._config())
        self._serving: asyncio.Task[None] | None = None

    @property
    def address(self) -> str:
        host, port = self._socket.getsockname()
        return f"{host}:{port}"

    def start(self) -> None:
        """Serve from the next turn of the event loop on; connections made earlier wait."""
        self._serving = asyncio.create_task(self._server.serve(sockets=[self._socket]))

    def dispatch(self, event: Event) -> None:
        """Let the waiting client have `event`."""
        self.idle.clear()
        self.outcome = None
        self._current = event
        self._events.put_nowait(event)

    async def stop(self) -> None:
        """Release the client that waits, if any, and the port."""
        self._events.put_nowait(None)
        self._server.should_exit = True
        self._server.force_exit = True
        if self._serving is not None:
            await self._serving
        self._socket.close()

    async def _next(self, _request: Request) -> Response:
        self.idle.set()
        event = await self._events.get()
        if event is None:
            return _error(410, "Sandbox.Gone", "the execution environment is being shut down")
        response = Response(event.payload, media_type="application/json")
        response.raw_headers.extend(_event_headers(event))
        return response

    async def _response(self, request: Request) -> Response:
        payload = await request.body()
        if not self._awaits(request):
            return _error(400, "InvalidRequestID", "Invalid request ID")
        if len(payload) > SYNC_PAYLOAD_LIMIT:
            self.outcome = response_too_large(len(payload))
            return _error(413, "RequestEntityTooLarge", "Exceeded maximum allowed payload size")
        self.outcome = Outcome(payload)
        return _accepted()

    async def _error(self, request: Request) -> Response:
        payload = await request.body()
        if not self._awaits(request):
            return _error(400, "InvalidRequestID", "Invalid request ID")
        self.outcome = Outcome(payload, "Unhandled")
        return _accepted()

    async def _init_error(self, request: Request) -> Response:
        self.outcome = Outcome(await request.body(), "Unhandled")
        return _accepted()

    def _awaits(self, request: Request) -> bool:
        current = self._current
        return current is not None and request.path_params["request_id"] == current.request_id

    def _config(self) -> uvicorn.Config:
        invocation = f"{PREFIX}/invocation"
        routes = [
            Route(f"{invocation}/next", self._next, methods=["GET"]),
            Route(f"{invocation}/{{request_id}}/response", self._response, methods=["POST"]),
            Route(f"{invocation}/{{request_id}}/error", self._error, methods=["POST"]),
            Route(f"{PREFIX}/init/error", self._init_error, methods=["POST"]),
        ]
        app = Starlette(routes=routes)
        return uvicorn.Config(app, lifespan="off", ws="none", log_config=None, access_log=False)


def _loopback_socket() -> socket.socket:
    """Answer a socket on a free port; asyncio sets TCP_NODELAY only where the protocol is named."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    return listener


class _Server(uvicorn.Server):
    """A server that leaves the process's signals to the process."""

    def capture_signals(self) -> contextlib.AbstractContextManager[None]:  # type: ignore[override]
        return contextlib.nullcontext()


def _event_headers(event: Event) -> list[tuple[bytes, bytes]]:
    headers = [
        (b"lambda-runtime-aws-request-id", event.request_id.encode()),
        (b"lambda-runtime-deadline-ms", str(event.deadline_ms).encode()),
        (b"lambda-runtime-invoked-function-arn", event.function_arn.encode()),
    ]
    if event.client_context is not None:
        headers.append((b"lambda-runtime-client-context", event.client_context.encode()))
    return headers


def _accepted() -> Response:
    return JSONResponse({"status": "OK"}, status_code=202)


def _error(status: int, error_type: str, message: str) -> Response:
    return JSONResponse({"errorType": error_type, "errorMessage": message}, status_code=status)
