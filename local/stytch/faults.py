"""Failures on demand: the next calls to an endpoint go wrong in a chosen way."""

from __future__ import annotations

import asyncio
from typing import Literal, get_args
from uuid import uuid4

from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from local.store import Document, Store
from local.stytch.errors import ErrorType, StytchError
from local.stytch.replies import error_reply

FaultKind = Literal[
    "too_many_requests", "internal_server_error", "bad_gateway", "malformed_json", "delay", "hang"
]
FAULT_KINDS: tuple[FaultKind, ...] = get_args(FaultKind)


class Faults:
    """What is still to go wrong, in the order in which it was asked for."""

    def __init__(self, store: Store) -> None:
        self._faults = store.collection("stytch_faults")

    def add(self, kind: FaultKind, path_prefix: str, count: int, delay_seconds: float) -> None:
        """The next `count` calls whose path starts with the prefix."""
        id = str(uuid4())
        fault = {
            "id": id,
            "kind": kind,
            "path_prefix": path_prefix,
            "remaining": count,
            "delay_seconds": delay_seconds,
        }
        self._faults.put(id, fault)

    def take(self, path: str) -> Document | None:
        """The fault for a call to this path, one use of it gone."""
        for fault in self._faults.find():
            if path.startswith(fault["path_prefix"]):
                self._use(fault)
                return fault
        return None

    def clear(self) -> None:
        self._faults.clear()

    def _use(self, fault: Document) -> None:
        if fault["remaining"] == 1:
            self._faults.delete(fault["id"])
        else:
            self._faults.put(fault["id"], fault | {"remaining": fault["remaining"] - 1})


class InjectFaults:
    """Middleware that lets a call fail as planned, or passes it on."""

    def __init__(self, app: ASGIApp, faults: Faults) -> None:
        self._app = app
        self._faults = faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        fault = self._faults.take(scope["path"]) if scope["type"] == "http" else None
        if fault is None:
            await self._app(scope, receive, send)
        elif fault["kind"] == "delay":
            await asyncio.sleep(fault["delay_seconds"])
            await self._app(scope, receive, send)
        elif fault["kind"] == "hang":
            await _until_disconnected(receive)
        else:
            await _failure(fault["kind"])(scope, receive, send)


async def _until_disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _failure(kind: FaultKind) -> Response:
    if kind == "bad_gateway":
        return HTMLResponse("<html><body><h1>502 Bad Gateway</h1></body></html>", 502)
    if kind == "malformed_json":
        return Response('{"status_code": 200, "request_id":', media_type="application/json")
    if kind == "too_many_requests":
        return error_reply(StytchError(ErrorType.TOO_MANY_REQUESTS))
    return error_reply(StytchError(ErrorType.INTERNAL_SERVER_ERROR))
