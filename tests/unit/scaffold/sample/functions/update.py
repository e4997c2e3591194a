"""Change an issue.

PATCH /issues/{id}   its assignee, or an admin   200, the issue
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from shared.application import application
from shared.http import caller
from shared.lambda_handler import make_handler


async def update_issue(request: Request) -> JSONResponse:
    caller.member(request)
    return JSONResponse({})


handler = make_handler(
    application("update", routes=[Route("/issues/{id}", update_issue, methods=["PATCH"])])
)
