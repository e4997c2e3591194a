"""A refused call, and what is answered when anything goes wrong.

StytchError
 └ error_type: an ErrorType, which fixes the status and the usual message
"""

from __future__ import annotations

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ExceptionHandler

from local.kit.fields import InvalidField
from local.kit.json_body import InvalidBody
from local.stytch.error_types import ErrorType
from local.stytch.replies import reply


class StytchError(Exception):
    """Refuses the call in Stytch's form; `message` replaces the type's usual one."""

    def __init__(self, error_type: ErrorType, message: str | None = None) -> None:
        super().__init__(message or error_type.message)
        self.error_type = error_type
        self.message = message or error_type.message

    def response(self) -> Response:
        return _reply(self.error_type.status, self.error_type.name.lower(), self.message)


def error_response(status: int) -> Response:
    """Return the answer for a status that a test asks for, whichever call it was."""
    phrase = HTTPStatus(status).phrase
    name = phrase.upper().replace(" ", "_").replace("-", "_")
    if name in ErrorType.__members__:
        return StytchError(ErrorType[name]).response()
    return _reply(status, name.lower(), f"{phrase}.")


async def _answer(_request: Request, error: Exception) -> Response:
    return _as_stytch_error(error).response()


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


def _reply(status: int, name: str, message: str) -> Response:
    fields = {
        "error_type": name,
        "error_message": message,
        "error_url": f"https://stytch.com/docs/api/errors/{status}#{name}",
    }
    return reply(fields, status)


HANDLERS: dict[int | type[Exception], ExceptionHandler] = {
    StytchError: _answer,
    InvalidBody: _answer,
    InvalidField: _answer,
    HTTPException: _answer,
    Exception: _answer,
}
