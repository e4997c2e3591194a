"""Invite somebody.

POST /invite   an admin   200
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from shared.application import application
from shared.http import caller
from shared.lambda_handler import make_handler


async def invite(request: Request) -> JSONResponse:
    caller.admin(request)
    return JSONResponse({})


handler = make_handler(
    application(
        "invite",
        default="/invite",
        routes=[
            Route("/invite", invite, methods=["POST"]),
            Route("/invite_user", invite, methods=["POST"]),  # another name
        ],
    )
)
