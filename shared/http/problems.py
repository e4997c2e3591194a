"""Failures as HTTP: the one place where an error becomes a status (RFC 9457 problem details)."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, cast

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Match, Route

from shared import errors
from shared.http.call_state import call_state
from shared.http.resources import methods_of

_STATUSES: dict[type[errors.LatchkeyError], int] = {
    errors.Malformed: 400,
    errors.Unauthenticated: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.PreconditionFailed: 412,
    errors.TooLarge: 413,
    errors.Invalid: 422,
    errors.Throttled: 429,
    errors.Unavailable: 503,
}


class ProblemResponse(JSONResponse):
    """A problem details object under its own media type (RFC 9457, section 3)."""

    media_type = "application/problem+json"


def problem(
    status: int, code: str, detail: str, request_id: str, **extensions: Any
) -> ProblemResponse:
    """A problem of this status; `extensions` are further members (RFC 9457, section 3.2)."""
    return ProblemResponse(
        {
            "type": "about:blank",
            "status": status,
            "title": HTTPStatus(status).phrase,
            "detail": detail,
            "code": code,
            "request_id": request_id,
            **extensions,
        },
        status,
        headers={"Cache-Control": "no-store", "X-Request-Id": request_id},
    )


def internal_error(request_id: str) -> ProblemResponse:
    """The answer to an exception that nobody expected: it tells no more than its request's id."""
    return problem(500, "internal_error", "Something went wrong on our side.", request_id)


async def on_latchkey_error(request: Request, raised: Exception) -> Response:
    """Answer an expected failure; Starlette calls it for a LatchkeyError and nothing else."""
    error = cast(errors.LatchkeyError, raised)
    state = call_state(request)
    state.code, state.cause = error.code, _cause(error)
    if isinstance(error, errors.SchemaBehind):
        state.crash = error  # somebody has to do something: it is logged and counted like a crash
    extensions: dict[str, Any] = {}
    if isinstance(error, errors.Invalid):
        extensions["errors"] = [field._asdict() for field in error.fields]
    if isinstance(error, errors.Unavailable) and error.step:
        extensions["step"] = error.step
    if isinstance(error, errors.Unavailable) and error.remaining:
        extensions["remaining"] = error.remaining
    response = problem(status_of(error), error.code, error.detail, state.request_id, **extensions)
    if isinstance(error, errors.Unauthenticated):
        response.headers["WWW-Authenticate"] = "Bearer"  # RFC 9110, section 15.5.2
    if isinstance(error, errors.Throttled | errors.Unavailable):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def status_of(error: errors.LatchkeyError) -> int:
    """The status of the error's class, or of the nearest class above it that has one."""
    return next(_STATUSES[kind] for kind in type(error).__mro__ if kind in _STATUSES)


def _cause(error: BaseException) -> str | None:
    """The class (and the number, if it has one) of the exception behind it, for the log only."""
    cause = error.__cause__
    if cause is None:
        return None
    number = next((f" {arg}" for arg in cause.args[:1] if isinstance(arg, int)), "")
    return type(cause).__name__ + number


async def on_http_exception(request: Request, _raised: Exception) -> Response:
    """Answer what the router refuses: no such route, or a method that the route does not take."""
    state = call_state(request)
    allow = _allowed_methods(request)
    if not allow:
        state.code = "route_not_found"
        return problem(
            404, "route_not_found", "There is nothing at this address.", state.request_id
        )
    state.code = "method_not_allowed"
    detail = "This address does not take this method."
    response = problem(405, "method_not_allowed", detail, state.request_id)
    response.headers["Allow"] = ", ".join(allow)
    return response


def _allowed_methods(request: Request) -> Iterable[str]:
    """All methods of the resource: in any function below `/api`, else in this function."""
    root_path: str = request.scope["root_path"]
    if root_path.endswith("/api"):
        return methods_of(request.scope["path"].removeprefix(root_path))
    routes = (route for route in request.app.routes if isinstance(route, Route))
    fitting = (route for route in routes if route.matches(request.scope)[0] is not Match.NONE)
    return sorted({method for route in fitting for method in route.methods or ()})
