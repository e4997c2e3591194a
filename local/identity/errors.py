"""The two forms in which GoTrue refuses a request, and what is answered when anything goes wrong.

IdentityError
├── HTTPError    any 4xx or 5xx: {"code": 404, "msg": "User not found"}
└── OAuthError   400 of /token: {"error": "invalid_grant", "error_description": "…"}

Source: GoTrue `api/errors.go`.
"""

from __future__ import annotations

import uuid
from abc import ABC, abstractmethod
from collections.abc import Mapping
from http import HTTPStatus
from typing import cast

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ExceptionHandler

from local.kit.fields import InvalidField
from local.kit.json_body import InvalidBody


class IdentityError(ABC, Exception):
    """Refuses a request; `response` tells the caller."""

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


def error_response(status: int) -> Response:
    """Return the answer for a status that a test asks for, whichever endpoint it was."""
    return HTTPError(status, HTTPStatus(status).phrase).response()


async def _refused(_request: Request, error: Exception) -> Response:
    return cast("IdentityError", error).response()


async def _unreadable(_request: Request, error: Exception) -> Response:
    return HTTPError(400, str(error)).response()


async def _no_such_route(_request: Request, _error: Exception) -> Response:
    """Answer as GoTrue's router does, which is not JSON."""
    return PlainTextResponse("404 page not found\n", 404)


async def _broken(_request: Request, _error: Exception) -> Response:
    """Answer for an error of this program; the traceback goes to its log, never to the caller."""
    body = {"code": 500, "msg": "Internal server error", "error_id": str(uuid.uuid4())}
    return JSONResponse(body, 500)


HANDLERS: dict[int | type[Exception], ExceptionHandler] = {
    IdentityError: _refused,
    InvalidBody: _unreadable,
    InvalidField: _unreadable,
    404: _no_such_route,
    Exception: _broken,
}
