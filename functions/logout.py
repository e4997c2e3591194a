"""Sign out.

POST /logout   anyone   200 "logged out"; the Stytch session is revoked, its cookies are cleared
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from shared.application import application
from shared.auth import auth
from shared.auth.stytch import sdk
from shared.http import caller
from shared.http.call_state import end_session
from shared.lambda_handler import make_handler


async def logout(request: Request) -> JSONResponse:
    """If Stytch cannot revoke the session, its cookies stay too, so that it can be tried again."""
    credentials = caller.read_credentials(request)
    if credentials.has_cookies:
        caller.refuse_cross_site(request)
    token = auth.session_token(credentials)
    if token is not None:
        sdk.revoke_session(token)
    end_session(request)
    return JSONResponse({"message": "logged out"})


handler = make_handler(
    application("logout", default="/logout", routes=[Route("/logout", logout, methods=["POST"])])
)
