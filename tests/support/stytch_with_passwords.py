"""The Stytch emulator with the one route more that the live suite signs in by.

`POST /v1/passwords` makes a user with a session. The emulator has no passwords, since Latchkey uses
none; here it makes the session with the link that it mails.
"""

from __future__ import annotations

from typing import Any

import requests
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route

from tests.support.stytch_emulator import Emulator


def with_passwords(emulator: Emulator, app: Starlette) -> Starlette:
    """The emulator's app, with this route before it."""

    async def create(request: Request) -> JSONResponse:
        body = await request.json()
        reply = await run_in_threadpool(_session_by_link, emulator, body)
        return JSONResponse(reply, reply["status_code"])

    whole = Starlette(routes=[Route("/v1/passwords", create, methods=["POST"]), Mount("/", app)])
    whole.state = app.state
    return whole


def _session_by_link(emulator: Emulator, body: dict[str, Any]) -> dict[str, Any]:
    mailed = emulator.call(
        "POST", "/v1/magic_links/email/login_or_create", json={"email": body["email"]}
    )
    if mailed.status_code != requests.codes.ok:
        refusal: dict[str, Any] = mailed.json()
        return refusal
    terms = {
        "token": emulator.newest_token(),
        "session_duration_minutes": body["session_duration_minutes"],
    }
    reply: dict[str, Any] = emulator.call("POST", "/v1/magic_links/authenticate", json=terms).json()
    return reply | {"email_id": reply["method_id"]}
