"""The gateway's own answers (RFC 9457): those of netlify/problems.js that can happen here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from starlette.responses import JSONResponse


@dataclass(frozen=True)
class Problem:
    """Becomes `{type, status, title, detail, code, request_id}`; `code` is stable."""

    status: HTTPStatus
    code: str
    detail: str
    headers: Mapping[str, str] | None = None

    def response(self, request_id: str) -> JSONResponse:
        return JSONResponse(
            {
                "type": "about:blank",
                "status": self.status.value,
                "title": self.status.phrase,
                "detail": self.detail,
                "code": self.code,
                "request_id": request_id,
            },
            status_code=self.status,
            headers={"Cache-Control": "no-store", **(self.headers or {})},
            media_type="application/problem+json",
        )


class GatewayError(Exception):
    """The request is answered with `problem`."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


FUNCTION_NOT_FOUND = Problem(
    HTTPStatus.NOT_FOUND, "function_not_found", "There is no function of this name."
)
BODY_TOO_LARGE = Problem(
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body_too_large", "The request is larger than 6 MB."
)
IDENTITY_TOO_LARGE = Problem(
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    "identity_too_large",
    "The user's metadata is too large to be passed to a function (about 1,600 bytes fit)."
    " Remove some of it, then sign in again.",
)
TOO_MANY_REQUESTS = Problem(
    HTTPStatus.TOO_MANY_REQUESTS,
    "too_many_requests",
    "All copies of the function are busy.",
    {"Retry-After": "1"},
)
FUNCTION_FAILED = Problem(HTTPStatus.BAD_GATEWAY, "function_failed", "The function failed.")
FUNCTION_TIMED_OUT = Problem(
    HTTPStatus.GATEWAY_TIMEOUT,
    "function_timed_out",
    "The function took too long; it may still finish its work.",
)
FUNCTION_UNAVAILABLE = Problem(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "function_unavailable",
    "The function cannot be reached.",
    {"Retry-After": "1"},
)
