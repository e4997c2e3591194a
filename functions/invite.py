"""Invite somebody by e-mail.

POST /invite   an admin   200 "magic link sent"; the user's row is there, however often it is sent
"""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from shared.application import application
from shared.auth import auth
from shared.auth.principal import ADMIN, PROVIDERS, Principal
from shared.database import throttle, users
from shared.http import bodies, caller
from shared.lambda_handler import make_handler
from shared.settings.settings import settings

if settings().has_identity:
    from shared.auth import identity_admin
if settings().has_stytch:
    from shared.auth.stytch import sdk


async def invite(request: Request) -> JSONResponse:
    """By a mail of the `provider` in the body, Stytch where there is none; with a `role` or none.

    The row is made before the mail is sent: everyone who gets the mail may sign up, and Identity
    asks whether they may (`identity-validate`) before it mails.
    """
    principal = caller.admin(request)
    fields = await bodies.read_fields(
        request,
        {"email": bodies.email},
        name=bodies.text,
        provider=bodies.one_of(*PROVIDERS),
        role=bodies.one_of(ADMIN),
    )
    provider = auth.chosen(fields.get("provider"))
    throttle.hit(throttle.INVITE_PER_PRINCIPAL, principal.id)
    throttle.hit(throttle.INVITE_PER_ADDRESS, fields["email"])
    if provider == "netlify":
        _by_identity(request, principal, fields)
    else:
        _by_stytch(principal, fields)
    return JSONResponse({"message": "magic link sent"})


def _by_identity(request: Request, principal: Principal, fields: dict[str, Any]) -> None:
    email, name = fields["email"], fields.get("name", "")
    identity = identity_admin.operator(caller.netlify_context(request))
    users.invite(email, name or email, "netlify", principal)
    identity_admin.invite(identity, email, name, fields.get("role"))


def _by_stytch(principal: Principal, fields: dict[str, Any]) -> None:
    email, name = fields["email"], fields.get("name", "")
    users.invite(email, name or email, "stytch", principal)
    sdk.send_invitation(email, name, fields.get("role"), settings().landing_url)


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
