"""The Lambda Runtime API: where a runtime client fetches its events and posts its results.

Every execution environment has an API of its own, on a loopback port of its own, since the
protocol does not say who is asking. Source: AWS Lambda Developer Guide, "Using the Lambda runtime
API for custom runtimes".
"""

from __future__ import annotations

import asyncio

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.aws.invocation import Event, Outcome, response_too_large
from local.kit.http_server import HttpServer
from local.kit.invocation import PAYLOAD_LIMIT
from local.kit.ports import bound_socket

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
        self._socket = bound_socket("127.0.0.1", 0)
        self._server = HttpServer(self._app(), [self._socket])

    @property
    def address(self) -> str:
        host, port = self._socket.getsockname()
        return f"{host}:{port}"

    async def start(self) -> None:
        await self._server.start()

    def dispatch(self, event: Event) -> None:
        """Give `event` to the client that waits."""
        self.idle.clear()
        self.outcome = None
        self._current = event
        self._events.put_nowait(event)

    async def stop(self) -> None:
        """Release the client that waits, if any, and the port."""
        self._events.put_nowait(None)
        await self._server.abort()
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
        if len(payload) > PAYLOAD_LIMIT:
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

    def _app(self) -> Starlette:
        invocation = f"{PREFIX}/invocation"
        return Starlette(
            routes=[
                Route(f"{invocation}/next", self._next, methods=["GET"]),
                Route(f"{invocation}/{{request_id}}/response", self._response, methods=["POST"]),
                Route(f"{invocation}/{{request_id}}/error", self._error, methods=["POST"]),
                Route(f"{PREFIX}/init/error", self._init_error, methods=["POST"]),
            ]
        )


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
