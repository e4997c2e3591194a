"""Ask for a magic link.

POST /login   anyone   200
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from shared.application import application
from shared.http import caller
from shared.lambda_handler import make_handler


async def login(request: Request) -> JSONResponse:
    caller.refuse_cross_site(request)
    return JSONResponse({})


def _private() -> None:
    """Stays behind the endpoints."""


handler = make_handler(
    application("login", default="/login", routes=[Route("/login", login, methods=["POST"])])
)
