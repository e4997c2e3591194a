"""What is answered when a request is refused or anything goes wrong."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import cast

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ExceptionHandler

from local.identity.errors import HTTPError, IdentityError
from local.identity.resource import not_found
from local.kit.fields import InvalidField
from local.kit.json_body import InvalidBody


def error_response(status: int) -> Response:
    """Return the answer for a status that a test asks for, whichever endpoint it was."""
    return HTTPError(status, HTTPStatus(status).phrase).response()


async def _refused(_request: Request, error: Exception) -> Response:
    return cast("IdentityError", error).response()


async def _unreadable(_request: Request, error: Exception) -> Response:
    return HTTPError(400, str(error)).response()


async def _no_such_route(_request: Request, _error: Exception) -> Response:
    """Answer as GoTrue's router does, which is not JSON."""
    return not_found()


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
