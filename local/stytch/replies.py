"""What every reply has: `status_code` and `request_id`, then a call's own fields or an error's."""

from __future__ import annotations

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ExceptionHandler

from local.kit.fields import InvalidField
from local.kit.json_body import InvalidBody
from local.kit.store import Document
from local.stytch.errors import ErrorType, StytchError
from local.stytch.ids import new_id


def reply(fields: Document, status: int = 200) -> Response:
    envelope = {"status_code": status, "request_id": new_id("request-id")}
    return JSONResponse(envelope | fields, status)


def error_response(status: int) -> Response:
    """Return the answer for a status that a test asks for, whichever call it was."""
    phrase = HTTPStatus(status).phrase
    name = phrase.upper().replace(" ", "_").replace("-", "_")
    if name in ErrorType.__members__:
        return _error_reply(status, name, ErrorType[name].message)
    return _error_reply(status, name, f"{phrase}.")


async def _refused(_request: Request, error: Exception) -> Response:
    refusal = _as_stytch_error(error)
    error_type = refusal.error_type
    return _error_reply(error_type.status, error_type.name, refusal.message)


def _as_stytch_error(error: Exception) -> StytchError:
    match error:
        case StytchError():
            return error
        case InvalidBody():
            return StytchError(ErrorType.BAD_REQUEST)
        case InvalidField():
            return StytchError(ErrorType.INVALID_ARGUMENT, str(error))
        case HTTPException(status_code=405):  # Starlette's own, as is the next
            return StytchError(ErrorType.METHOD_NOT_ALLOWED)
        case HTTPException():
            return StytchError(ErrorType.ROUTE_NOT_FOUND)
        case _:
            return StytchError(ErrorType.INTERNAL_SERVER_ERROR)


def _error_reply(status: int, name: str, message: str) -> Response:
    error_type = name.lower()
    return reply(
        {
            "error_type": error_type,
            "error_message": message,
            "error_url": f"https://stytch.com/docs/api/errors/{status}#{error_type}",
        },
        status,
    )


# Starlette calls the handler of `Exception` for errors of this program, and logs them as well.
HANDLERS: dict[int | type[Exception], ExceptionHandler] = {
    StytchError: _refused,
    InvalidBody: _refused,
    InvalidField: _refused,
    HTTPException: _refused,
    Exception: _refused,
}
