"""Sign out.

POST /logout   anyone   200 "logged out"; the sessions are revoked, the cookies are cleared
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from shared.application import application
from shared.auth import sign_out
from shared.http import caller
from shared.http.call_state import end_session
from shared.lambda_handler import make_handler
from shared.settings.settings import settings
from shared.steps import step

if settings().has_stytch:
    from shared.auth.stytch import sdk


async def logout(request: Request) -> JSONResponse:
    """End every session that the request brought, of either provider.

    If Stytch cannot revoke one, the cookies stay, so that it can be tried again; `step` in the
    answer names the provider that did not do its part.
    """
    credentials = caller.read_credentials(request)
    if credentials.has_cookies:
        caller.refuse_cross_site(request)
    with step("stytch"):
        for token in sign_out.stytch_sessions(credentials):
            sdk.revoke_session(token)
    end_session(request)
    with step("identity"):
        sign_out.end_identity_sessions(credentials)
    return JSONResponse({"message": "logged out"})


handler = make_handler(
    application("logout", default="/logout", routes=[Route("/logout", logout, methods=["POST"])])
)
