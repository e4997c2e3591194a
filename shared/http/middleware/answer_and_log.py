"""Headers for every answer, one JSON line for each request, and an answer to any exception.

`AnswerAndLog` stands around everything, `UnhandledErrors` around the routes. So an exception of a
route is answered with the headers that every answer has, and the line of that request holds its
traceback.
"""

from __future__ import annotations

import logging
import time

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared import log, stopwatch
from shared.http import cookies
from shared.http.call_state import SCOPE_KEY, CallState, call_state
from shared.http.problems import internal_error


class AnswerAndLog:
    """Gives every answer its headers, and writes the request's line once it has been answered."""

    def __init__(self, app: ASGIApp, function: str) -> None:
        self._app = app
        self._function = function
        self._cold_start = True

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        state = CallState(getattr(scope.get("aws.context"), "aws_request_id", None) or "unknown")
        scope[SCOPE_KEY] = state
        begun, waits = time.perf_counter(), stopwatch.start()
        answer: list[Message] = []

        async def hold_back(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer.clear()  # a failure after the start is answered anew
            answer.append(message)

        await self._app(scope, receive, hold_back)
        _add_headers(answer[0], state)
        self._write(Request(scope), answer[0]["status"], time.perf_counter() - begun, waits)
        for message in answer:  # nothing is sent before everything has succeeded
            await send(message)

    def _write(self, request: Request, status: int, seconds: float, waits: stopwatch.Waits) -> None:
        state = call_state(request)
        log.write(
            _level(status, state),
            request_id=state.request_id,
            function=self._function,
            method=request.method,
            route=_route_pattern(request),
            status=status,
            code=state.code,
            cause=state.cause,
            principal=state.principal and state.principal.id,
            provider=state.principal and state.principal.provider,
            ms=round(seconds * 1000, 1),
            database_ms=round(waits["database"], 1),
            upstream_ms=round(waits["upstream"], 1),
            cold_start=self._cold_start,
            **(log.crash(state.crash) if state.crash else {}),
        )
        self._cold_start = False


class UnhandledErrors:
    """Answers 500 to an exception that nobody expected, and leaves it for the request's line."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        except Exception as error:
            state = call_state(Request(scope))
            state.crash, state.code = error, "internal_error"
            await internal_error(state.request_id)(scope, receive, send)


def _add_headers(start: Message, state: CallState) -> None:
    """No-store, nosniff, the request's id, and the session's cookies if something has changed."""
    headers = MutableHeaders(scope=start)
    headers.setdefault("Cache-Control", "no-store")
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers["X-Request-Id"] = state.request_id
    if state.session_is_over or state.renewed_session:
        for cookie in _session_cookies(state):
            headers.append("Set-Cookie", cookie)


def _session_cookies(state: CallState) -> list[str]:
    carrier = Response()
    if state.session_is_over:
        cookies.clear_session(carrier)
    elif state.renewed_session:
        cookies.set_session(carrier, state.renewed_session)
    return carrier.headers.getlist("set-cookie")


def _level(status: int, state: CallState) -> int:
    if state.crash:
        return logging.CRITICAL
    return logging.ERROR if status >= 500 else logging.INFO


def _route_pattern(request: Request) -> str:
    """The route's pattern: the lines of one route are alike, and no id is in them."""
    if "endpoint" not in request.scope:
        return "unmatched"
    path = request.scope["path"].removeprefix(request.scope["root_path"]) + "/"
    for name, value in reversed(request.path_params.items()):
        before, _, after = path.rpartition(f"/{value}/")
        path = f"{before}/{{{name}}}/{after}"
    return str(path.removesuffix("/"))
