"""The log: one JSON line for each request, on standard output."""

from __future__ import annotations

import json
import logging
import sys
import time
from typing import Any

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared import stopwatch
from shared.http.problems import request_id
from shared.settings.settings import settings

_logger = logging.getLogger("latchkey")


class RequestLog:
    """Writes the request's line when it has been answered."""

    def __init__(self, app: ASGIApp, function: str) -> None:
        self._app = app
        self._function = function
        self._cold_start = True
        _configure()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["state"] = {}
        request = Request(scope)
        begun, waits = time.perf_counter(), stopwatch.start()
        status = 0

        async def send_and_note(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        await self._app(scope, receive, send_and_note)
        self._write(request, status, (time.perf_counter() - begun) * 1000, waits)

    def _write(self, request: Request, status: int, ms: float, waits: stopwatch.Waits) -> None:
        principal = getattr(request.state, "principal", None)
        log(
            logging.ERROR if status >= 500 else logging.INFO,
            request_id=request_id(request),
            function=self._function,
            method=request.method,
            route=route_pattern(request),
            status=status,
            code=getattr(request.state, "code", None),
            cause=getattr(request.state, "cause", None),
            principal=principal and principal.id,
            provider=principal and principal.provider,
            ms=round(ms, 1),
            database_ms=round(waits.database_ms, 1),
            upstream_ms=round(waits.upstream_ms, 1),
            cold_start=self._cold_start,
        )
        self._cold_start = False


def route_pattern(request: Request) -> str:
    """The route's pattern: lines of one route are alike, and no id stands in them."""
    if "endpoint" not in request.scope:
        return "unmatched"
    path: str = request.scope["path"].removeprefix(request.scope["root_path"])
    for name, value in request.path_params.items():
        path = f"{path.removesuffix(value)}{{{name}}}"
    return path


def log(level: int, **members: Any) -> None:
    """Write one JSON line, unless `LOG_LEVEL` is above `level`."""
    _logger.log(level, json.dumps({"level": logging.getLevelName(level), **members}))


def _configure() -> None:
    """Let lines out as they are: Lambda adds the time, and nothing else formats them again."""
    if not _logger.handlers:
        handler = logging.StreamHandler(sys.stdout)
        handler.setFormatter(logging.Formatter("%(message)s"))
        _logger.addHandler(handler)
    _logger.propagate = False
    _logger.setLevel(settings().log_level)
