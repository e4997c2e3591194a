"""Failures on demand: the next requests to an emulator fail in a chosen way."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace

from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from local.kit.own_call import OWN_CALL
from local.kit.store import Collection

CONTROLS_PATH = "/_admin"

KINDS = (
    "too_many_requests",
    "internal_server_error",
    "bad_gateway",
    "malformed_json",
    "delay",
    "hang",
)


@dataclass(frozen=True)
class Fault:
    """Says what happens to the next `count` requests at or below `path`, after a delay in seconds.

    A `status` is answered in the service's own form of an error. The kind `bad_gateway` is a page
    of HTML, `malformed_json` half an object; `delay` does nothing more, `hang` never answers.
    """

    path: str
    kind: str | None
    status: int | None
    count: int
    delay_seconds: float
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    def meets(self, path: str) -> bool:
        return path == self.path or path.startswith(f"{self.path.rstrip('/')}/")


class Faults:
    """Holds the faults that are still to come, in the order in which they were planned.

    `changed` is called after each change.
    """

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self.changed: Callable[[], None] = lambda: None

    def add(self, fault: Fault) -> None:
        self._collection.put(fault.id, asdict(fault))
        self.changed()

    def all(self) -> list[Fault]:
        return [Fault(**document) for document in self._collection.find()]

    def take(self, path: str) -> Fault | None:
        """Return the fault for a request to this path, and count it; the controls have none."""
        if path.startswith(CONTROLS_PATH):
            return None
        fault = next((fault for fault in self.all() if fault.meets(path)), None)
        if fault is not None:
            self._count_down(fault)
        return fault

    def clear(self) -> None:
        self._collection.clear()
        self.changed()

    def _count_down(self, fault: Fault) -> None:
        if fault.count == 1:
            self._collection.delete(fault.id)
            self.changed()
        else:
            self.add(replace(fault, count=fault.count - 1))


class InjectFaults:
    """Middleware that lets a request fail as planned, or passes it on.

    `error_response` makes the service's own answer for a status.
    """

    def __init__(
        self, app: ASGIApp, faults: Faults, error_response: Callable[[int], Response]
    ) -> None:
        self._app = app
        self._faults = faults
        self._error_response = error_response

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        may_fail = scope["type"] == "http" and OWN_CALL not in scope
        fault = self._faults.take(_path(scope)) if may_fail else None
        if fault is not None:
            await asyncio.sleep(fault.delay_seconds)
        if fault is None or fault.kind == "delay":
            await self._app(scope, receive, send)
        elif fault.kind == "hang":
            await _until_disconnected(receive)
        else:
            await self._failure(fault)(scope, receive, send)

    def _failure(self, fault: Fault) -> Response:
        if fault.status is not None:
            return self._error_response(fault.status)
        if fault.kind == "bad_gateway":
            return HTMLResponse("<html><body><h1>502 Bad Gateway</h1></body></html>", 502)
        return Response('{"status_code": 200, "request_id":', media_type="application/json")


def _path(scope: Scope) -> str:
    """Return the path as the service sees it, without where it is mounted."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", ""))


async def _until_disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
