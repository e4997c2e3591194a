"""Delete.

DELETE /account       oneself    204
DELETE /issues/{id}   a member   200
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from shared.application import application
from shared.http import caller
from shared.lambda_handler import make_handler


async def delete_account(request: Request) -> JSONResponse:
    caller.confirmed_member(request)
    return JSONResponse({})


async def delete_issue(request: Request) -> JSONResponse:
    caller.member(request)
    return JSONResponse({})


handler = make_handler(
    application(
        "delete",
        default="/account",
        routes=[
            Route("/account", delete_account, methods=["DELETE"]),
            Route("/issues/{id}", delete_issue, methods=["DELETE"]),
        ],
    )
)
