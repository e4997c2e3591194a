"""What nobody expected: the log tells of it, a metric counts it, the caller gets a plain 500."""

from __future__ import annotations

import logging
import time
import traceback
from typing import Any

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.http.middleware.request_log import log, route_pattern
from shared.http.problems import problem, request_id


class UnhandledErrors:
    """Catches them before Mangum does, which would hide them from the log and from Lambda."""

    def __init__(self, app: ASGIApp, function: str) -> None:
        self._app = app
        self._function = function

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        except Exception:
            request = Request(scope)
            self._write(request)
            answer = problem(
                500, "internal_error", "Something went wrong on our side.", request_id(request)
            )
            await answer(scope, receive, send)

    def _write(self, request: Request) -> None:
        log(
            logging.CRITICAL,
            request_id=request_id(request),
            function=self._function,
            route=route_pattern(request),
            crash=traceback.format_exc(),
            UnhandledErrors=1,
            _aws=_metric(),
        )


def _metric() -> dict[str, Any]:
    """Has CloudWatch count the line (its embedded metric format, version 1)."""
    return {
        "Timestamp": int(time.time() * 1000),
        "CloudWatchMetrics": [
            {
                "Namespace": "Latchkey",
                "Dimensions": [["function"]],
                "Metrics": [{"Name": "UnhandledErrors", "Unit": "Count"}],
            }
        ],
    }
