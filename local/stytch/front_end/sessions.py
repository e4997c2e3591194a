"""POST /sdk/v1/sessions/…: a page renews or ends the session that its cookie names."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from local.stytch.arguments import Arguments, read_arguments
from local.stytch.endpoints.sessions import renew_session
from local.stytch.front_end.caller import session_token_of
from local.stytch.front_end.replies import data_reply
from local.stytch.state.state import state_of


async def authenticate(request: Request) -> Response:
    """Return the session, its user and a fresh JWT; a duration moves the session's end."""
    sent = await read_arguments(request)
    arguments = {
        "session_duration_minutes": sent.value("session_duration_minutes"),
        "session_token": session_token_of(request),
    }
    fields = renew_session(state_of(request), Arguments(arguments))
    user = fields["user"]
    return data_reply(fields | {"user_id": user["user_id"], "__user": user})


async def revoke(request: Request) -> Response:
    """End the session."""
    sessions = state_of(request).sessions
    sessions.revoke(sessions.find("session_token", session_token_of(request)))
    return data_reply({})
