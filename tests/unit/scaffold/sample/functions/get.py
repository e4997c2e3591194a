"""Read.

GET /issues, /issues/{id}   a member           200, an array or an issue
GET /users, /users/{id}     a member           200, an array or a user
GET /me                     anyone signed in   200, the principal
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from shared.application import application
from shared.http import caller
from shared.lambda_handler import make_handler


async def get_one(request: Request) -> JSONResponse:
    caller.member(request)
    return JSONResponse({})


handler = make_handler(
    application(
        "get",
        default="/issues",
        routes=[
            Route("/issues", get_one),
            Route("/issues/{id}", get_one),
            Route("/users", get_one),
            Route("/users/{id}", get_one),
            Route("/me", get_one),
        ],
    )
)
