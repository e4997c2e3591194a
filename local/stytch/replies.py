"""The envelope of every reply: `status_code` and `request_id`, with an error's fields or a call's.

An endpoint is a plain function from the call's fields to the reply's own fields.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from local.store import Document
from local.stytch.errors import ErrorType, StytchError
from local.stytch.fields import Fields, read_fields
from local.stytch.ids import new_id

Endpoint = Callable[[Fields], Document]


def respond_with(endpoint: Endpoint) -> Callable[[Request], Awaitable[JSONResponse]]:
    """The endpoint as Starlette calls it."""

    async def respond(request: Request) -> JSONResponse:
        return _reply(200, endpoint(await read_fields(request)))

    return respond


def error_reply(error: StytchError) -> JSONResponse:
    status = error.error_type.status
    name = error.error_type.name.lower()
    fields = {
        "error_type": name,
        "error_message": error.message,
        "error_url": f"https://stytch.com/docs/api/errors/{status}#{name}",
    }
    return _reply(status, fields)


async def on_exception(_request: Request, error: Exception) -> JSONResponse:
    """Whatever was raised, in Stytch's shape."""
    return error_reply(_as_stytch_error(error))


def _as_stytch_error(error: Exception) -> StytchError:
    if isinstance(error, StytchError):
        return error
    if isinstance(error, HTTPException):  # Starlette's own: an unknown path or method
        known_path = error.status_code == 405
        kind = ErrorType.METHOD_NOT_ALLOWED if known_path else ErrorType.ROUTE_NOT_FOUND
        return StytchError(kind)
    return StytchError(ErrorType.INTERNAL_SERVER_ERROR)


def _reply(status: int, fields: Document) -> JSONResponse:
    envelope = {"status_code": status, "request_id": new_id("request-id")}
    return JSONResponse(envelope | fields, status)
