"""Answers in the forms that the SDK reads."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from local.kit.fields import InvalidField
from local.kit.store import Document
from local.stytch.ids import new_id

Endpoint = Callable[[Request], Awaitable[Response]]


def data_reply(fields: Document) -> Response:
    """Return the fields below `data`, where the SDK looks for them."""
    envelope = {"status_code": 200, "request_id": new_id("request-id")}
    return JSONResponse({"data": envelope | fields})


def with_schema_errors(endpoint: Endpoint) -> Endpoint:
    """Answer an argument of the wrong type in the form of the SDK's StytchAPISchemaError."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except InvalidField as error:
            name, _, reason = str(error).removesuffix(".").partition(" ")
            return JSONResponse({"body": [{"dataPath": f".{name}", "message": reason}]}, 400)

    return answer
