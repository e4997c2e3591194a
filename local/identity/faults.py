"""Failures on request: `POST /_admin/faults` makes the next requests fail, or wait, or both.

Not part of GoTrue. The body is `{"path": "/user", "status": 503, "times": 2, "delay_seconds": 0}`:
`path` is an endpoint and what lies below it ("/" is all of them), `status` is 400 to 599 and may be
left out for a mere delay, `times` is 1 unless said. `DELETE /_admin/faults` takes all of them back.
"""

from __future__ import annotations

import asyncio
import http
from dataclasses import dataclass
from typing import cast

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from local.identity.errors import HTTPError
from local.identity.params import Params, read_params

CONTROL = "/_admin/faults"
LONGEST_DELAY = 60  # seconds
FAILURES = [status.value for status in http.HTTPStatus if status >= 400]


@dataclass
class Fault:
    path: str
    status: int | None
    delay_seconds: float
    times: int

    def strikes(self, path: str) -> bool:
        return self.times > 0 and (
            path == self.path or path.startswith(self.path.rstrip("/") + "/")
        )


class Faults:
    """ASGI middleware: lets the oldest fault that fits strike in place of the endpoint."""

    def __init__(self, app: ASGIApp, planned: list[Fault]) -> None:
        self._app = app
        self._planned = planned

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        fault = self._next(scope) if scope["type"] == "http" else None
        if fault:
            fault.times -= 1
            await asyncio.sleep(fault.delay_seconds)
        if fault and fault.status:
            error = HTTPError(fault.status, http.HTTPStatus(fault.status).phrase)
            await error.response()(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _next(self, scope: Scope) -> Fault | None:
        path: str = scope["path"].removeprefix(scope.get("root_path", ""))
        if path == CONTROL:
            return None
        return next((fault for fault in self._planned if fault.strikes(path)), None)


async def plan(request: Request) -> Response:
    params = await read_params(request, "Could not read the fault")
    _planned(request).append(_fault(params))
    return Response(status_code=204)


async def forget(request: Request) -> Response:
    _planned(request).clear()
    return Response(status_code=204)


def _planned(request: Request) -> list[Fault]:
    return cast("list[Fault]", request.app.state.faults)


def _fault(params: Params) -> Fault:
    return Fault(
        path=params.text("path") or "/",
        status=_status(params),
        delay_seconds=_number(params, "delay_seconds", default=0, lowest=0, highest=LONGEST_DELAY),
        times=int(_number(params, "times", default=1, lowest=1, highest=1000)),
    )


def _status(params: Params) -> int | None:
    status = params.fields.get("status")
    if status is None or (isinstance(status, int) and status in FAILURES):
        return status
    raise HTTPError(400, "status must be one of HTTP's from 400 to 599")


def _number(params: Params, name: str, *, default: int, lowest: int, highest: int) -> float:
    value = params.fields.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise HTTPError(400, f"{name} must be a number")
    if not lowest <= value <= highest:
        raise HTTPError(400, f"{name} must be from {lowest} to {highest}")
    return value
