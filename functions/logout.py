"""Sign out.

POST /logout   anyone   200 "logged out"; the sessions are revoked, the cookies are cleared;
                        {"everywhere": true} ends all sessions of the same person
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from shared.application import application
from shared.auth import sign_out
from shared.errors import Unauthenticated
from shared.http import bodies, caller
from shared.http.call_state import end_session
from shared.lambda_handler import make_handler
from shared.settings.settings import settings
from shared.steps import step

if settings().has_stytch:
    from shared.auth.stytch import sdk, sessions


async def logout(request: Request) -> JSONResponse:
    """End every session that the request brought, of either provider; `everywhere`, all others too.

    If Stytch cannot revoke one, the cookies stay, so that it can be tried again; `step` in the
    answer names the provider that did not do its part.
    """
    credentials = caller.read_credentials(request)
    if credentials.has_cookies:
        caller.refuse_cross_site(request)
    everywhere = await _is_everywhere(request)
    tokens = sign_out.stytch_sessions(credentials)
    with step("stytch"):
        known_to_stytch = everywhere and bool(tokens) and sessions.end_others(tokens)
        for token in tokens:
            sdk.revoke_session(token)
    end_session(request)
    with step("identity"):
        known_to_identity = sign_out.end_identity_sessions(credentials)
    if everywhere and not (known_to_stytch or known_to_identity):
        raise Unauthenticated("session_invalid", "The session is over; please sign in again.")
    return JSONResponse({"message": "logged out"})


async def _is_everywhere(request: Request) -> bool:
    """Whether the body asks for all sessions; there need not be a body."""
    if not await request.body():
        return False
    fields = await bodies.read_fields(request, {}, everywhere=bodies.boolean)
    return bool(fields.get("everywhere"))


handler = make_handler(
    application("logout", default="/logout", routes=[Route("/logout", logout, methods=["POST"])])
)
