"""The envelope of every reply: `status_code` and `request_id`, then the call's own fields."""

from __future__ import annotations

from starlette.responses import JSONResponse

from local.kit.store import Document
from local.stytch.ids import new_id


def reply(fields: Document, status: int = 200) -> JSONResponse:
    envelope = {"status_code": status, "request_id": new_id("request-id")}
    return JSONResponse(envelope | fields, status)
