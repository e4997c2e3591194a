"""Create.

POST /issues   a member   201, the issue
POST /users    an admin   201, the user's id
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from shared.application import application
from shared.http import caller
from shared.lambda_handler import make_handler


async def create_issue(request: Request) -> JSONResponse:
    caller.member(request)
    return JSONResponse({})


async def create_user(request: Request) -> JSONResponse:
    caller.admin(request)
    return JSONResponse({})


handler = make_handler(
    application(
        "create",
        default="/issues",
        routes=[
            Route("/issues", create_issue, methods=["POST"]),
            Route("/users", create_user, methods=["POST"]),
        ],
    )
)
