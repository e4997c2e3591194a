"""Sign out.

POST /logout   anyone   200 "logged out"; the Stytch session is revoked, its cookies are cleared
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from shared.application import application
from shared.auth.auth import session_tokens
from shared.auth.stytch import sdk as stytch_sdk
from shared.http.caller import credentials
from shared.http.cross_origin import refuse_cross_origin
from shared.lambda_handler import make_handler
from shared.settings.settings import settings


async def logout(request: Request) -> JSONResponse:
    """While Stytch cannot revoke it, the session goes on, and so do its cookies: try again."""
    brought = credentials(request)
    if brought.has_cookies:
        refuse_cross_origin(request, settings())
    for token in session_tokens(brought):
        stytch_sdk.revoke_session(**token)
    request.state.session_is_over = True
    return JSONResponse({"message": "logged out"})


handler = make_handler(
    application("logout", bare="/logout", routes=[Route("/logout", logout, methods=["POST"])])
)
