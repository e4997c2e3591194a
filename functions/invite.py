"""Invite somebody by e-mail.

POST /invite   an admin   200 "magic link sent"; the user's row is there, however often it is sent
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from shared.application import application
from shared.auth.stytch import sdk as stytch_sdk
from shared.database import throttle, users
from shared.http.bodies import email, read_fields, text
from shared.http.caller import confirmed_admin
from shared.lambda_handler import make_handler
from shared.settings.settings import settings


async def invite(request: Request) -> JSONResponse:
    """The row comes first, so that whoever has the mail is let in."""
    caller = confirmed_admin(request)
    fields = await read_fields(request, {"email": email}, name=text)
    address, name = fields["email"], fields.get("name")
    throttle.count(throttle.INVITE_PER_CALLER, caller.id)
    throttle.count(throttle.INVITE_PER_ADDRESS, address)
    users.invite_user(address, name or address, caller)
    stytch_sdk.send_invitation(address, name or "", settings().landing_url)
    return JSONResponse({"message": "magic link sent"})


handler = make_handler(
    application(
        "invite",
        bare="/invite",
        routes=[
            Route("/invite", invite, methods=["POST"]),
            Route("/invite_user", invite, methods=["POST"]),  # the tutorial's name
        ],
    )
)
