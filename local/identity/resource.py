"""A path with its methods, as GoTrue's router treats it (chi)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

Endpoint = Callable[[Request], Awaitable[Response]]
Guard = Callable[[Request], Awaitable[object]]


class Resource:
    """Calls the endpoint of the request's method. HEAD is a method like any other.

    `guard` is what a caller needs, whichever the method: it comes before the 405. The endpoints
    check it themselves.
    """

    def __init__(self, guard: Guard | None = None, **endpoints: Endpoint) -> None:
        self._guard = guard
        self._endpoints = endpoints

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        endpoint = self._endpoints.get(request.method, self._refuse)
        response = await endpoint(request)
        await response(scope, receive, send)

    async def _refuse(self, request: Request) -> Response:
        if self._guard is not None:
            await self._guard(request)
        if not self._endpoints:
            return not_found()
        return Response(status_code=405, headers={"Allow": ", ".join(self._endpoints)})


def not_found() -> Response:
    """Return what Go's server says of a path that it does not know; it is not JSON."""
    headers = {"X-Content-Type-Options": "nosniff"}
    return PlainTextResponse("404 page not found\n", 404, headers=headers)
