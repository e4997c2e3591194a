"""The two shapes in which GoTrue refuses a request (GoTrue `api/errors.go`).

IdentityError
├── HTTPError    any 4xx or 5xx: {"code": 404, "msg": "User not found"}
└── OAuthError   400 of /token: {"error": "invalid_grant", "error_description": "…"}
"""

from __future__ import annotations

import uuid
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import cast

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ExceptionHandler


class IdentityError(ABC, Exception):
    """A refusal; knows the response that tells the caller."""

    @abstractmethod
    def response(self) -> Response: ...


class HTTPError(IdentityError):
    def __init__(self, code: int, msg: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(msg)
        self.code = code
        self.msg = msg
        self.headers = headers

    def response(self) -> Response:
        body = {"code": self.code, "msg": self.msg}
        return JSONResponse(body, self.code, headers=self.headers)


class OAuthError(IdentityError):
    def __init__(
        self, error: str, description: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(f"{error}: {description}")
        self.error = error
        self.description = description
        self.headers = headers

    def response(self) -> Response:
        body = {"error": self.error}
        if self.description:
            body["error_description"] = self.description
        return JSONResponse(body, 400, headers=self.headers)


async def refused(_request: Request, error: Exception) -> Response:
    return cast("IdentityError", error).response()


async def no_such_route(_request: Request, _error: Exception) -> Response:
    """The answer of GoTrue's router, which is not JSON."""
    return PlainTextResponse("404 page not found\n", 404)


async def broken(_request: Request, _error: Exception) -> Response:
    """A fault of this program; the traceback goes to its log, never to the caller."""
    body = {"code": 500, "msg": "Internal server error", "error_id": str(uuid.uuid4())}
    return JSONResponse(body, 500)


HANDLERS: dict[int | type[Exception], ExceptionHandler] = {
    IdentityError: refused,
    404: no_such_route,
    Exception: broken,
}
