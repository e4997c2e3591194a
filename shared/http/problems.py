"""Failures as HTTP: the one place where an error becomes a status (RFC 9457 problem details)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, cast

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from shared import errors
from shared.http.resources import methods_of

_STATUSES: dict[type[errors.LatchkeyError], int] = {
    errors.Malformed: 400,
    errors.Unauthenticated: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.TooLarge: 413,
    errors.Invalid: 422,
    errors.Throttled: 429,
    errors.Unavailable: 503,
}


class ProblemResponse(JSONResponse):
    """A problem details object, sent as what it is."""

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
        headers={"Cache-Control": "no-store"},
    )


async def on_latchkey_error(request: Request, raised: Exception) -> Response:
    """Answer an expected failure; Starlette calls it for a LatchkeyError and nothing else."""
    error = cast(errors.LatchkeyError, raised)
    request.state.code = error.code
    request.state.cause = _cause(error)
    status = next(_STATUSES[kind] for kind in type(error).__mro__ if kind in _STATUSES)
    extensions: dict[str, Any] = {}
    if isinstance(error, errors.Invalid):
        extensions["errors"] = [vars(field) for field in error.fields]
    if isinstance(error, errors.Unavailable) and error.step:
        extensions["step"] = error.step
    response = problem(status, error.code, error.detail, request_id(request), **extensions)
    if isinstance(error, errors.Unauthenticated):
        response.headers["WWW-Authenticate"] = "Bearer"  # RFC 9110, section 15.5.2
    if isinstance(error, errors.Throttled | errors.Unavailable):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _cause(error: BaseException) -> str | None:
    """The kind (and the number, if it has one) of what lies behind, for the log alone."""
    cause = error.__cause__
    if cause is None:
        return None
    number = next((f" {arg}" for arg in cause.args[:1] if isinstance(arg, int)), "")
    return type(cause).__name__ + number


async def on_http_exception(request: Request, raised: Exception) -> Response:
    """Answer what the router refuses: no such route, or a method that the route does not take."""
    error = cast(HTTPException, raised)
    allow = _methods_elsewhere(request) or (error.headers or {}).get("Allow")
    if allow is None:
        request.state.code = "route_not_found"
        return problem(
            404, "route_not_found", "There is nothing at this address.", request_id(request)
        )
    request.state.code = "method_not_allowed"
    detail = "This address does not take this method."
    response = problem(405, "method_not_allowed", detail, request_id(request))
    response.headers["Allow"] = allow
    return response


def _methods_elsewhere(request: Request) -> str | None:
    """All that a resource of `/api` takes, from whichever function; None where there is none."""
    root_path: str = request.scope["root_path"]
    if not root_path.endswith("/api"):
        return None
    return ", ".join(methods_of(request.scope["path"].removeprefix(root_path))) or None


def request_id(request: Request) -> str:
    """The id under which the log knows this request: Lambda's own."""
    return getattr(request.scope.get("aws.context"), "aws_request_id", None) or "unknown"
