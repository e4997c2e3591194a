"""Invite somebody by e-mail.

POST /invite   an admin   200 "magic link sent"; the user's row is there, however often it is sent
                         404 on a site without Stytch
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from shared.application import application
from shared.auth import providers
from shared.database import throttle, users
from shared.http import bodies, caller
from shared.lambda_handler import make_handler
from shared.settings.settings import settings

if settings().has_stytch:
    from shared.auth.stytch import sdk


async def invite(request: Request) -> JSONResponse:
    """The row is made before the mail is sent, so that everyone who gets the mail may sign in."""
    providers.require("stytch")
    principal = caller.admin(request)
    fields = await bodies.read_fields(request, {"email": bodies.email}, name=bodies.text)
    address, name = fields["email"], fields.get("name")
    throttle.hit(throttle.INVITE_PER_PRINCIPAL, principal.id)
    throttle.hit(throttle.INVITE_PER_ADDRESS, address)
    users.invite(address, name or address, principal)
    sdk.send_invitation(address, name or "", settings().landing_url)
    return JSONResponse({"message": "magic link sent"})


handler = make_handler(
    application(
        "invite",
        default="/invite",
        routes=[
            Route("/invite", invite, methods=["POST"]),
            Route("/invite_user", invite, methods=["POST"]),  # the tutorial's name
        ],
    )
)
