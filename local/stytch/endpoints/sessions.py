"""/v1/sessions: check, list and revoke sessions."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from local.kit.store import Document
from local.stytch.arguments import Arguments, read_arguments
from local.stytch.errors import ErrorType, StytchError
from local.stytch.replies import reply
from local.stytch.state.objects import session_object
from local.stytch.state.state import State, state_of
from local.stytch.terms import read_session_terms


async def authenticate(request: Request) -> Response:
    """POST /v1/sessions/authenticate."""
    return reply(renew_session(state_of(request), await read_arguments(request)))


def renew_session(state: State, arguments: Arguments) -> Document:
    """Return the session, its user and a fresh JWT."""
    terms = read_session_terms(arguments, state.config.max_session_minutes)
    name = arguments.at_most_one_of(
        ("session_token", "session_jwt"), ErrorType.TOO_MANY_SESSION_ARGUMENTS
    )
    if name is None:
        raise StytchError(ErrorType.NO_SESSION_ARGUMENTS)
    session = state.sessions.find(name, arguments.required_text(name))
    if "authorization_check" in arguments:
        # The emulated project has no RBAC policy, so that no role grants anything.
        raise StytchError(ErrorType.SESSION_AUTHORIZATION_ERROR)
    user = state.users.find(session["user_id"])
    renewed = state.sessions.renew(session, terms)
    return {
        "session": session_object(renewed, user["roles"]),
        "session_token": renewed["token"],
        "session_jwt": state.tokens.session_jwt(renewed, user["roles"]),
        "user": user,
    }


async def revoke(request: Request) -> Response:
    """POST /v1/sessions/revoke: end the session; its JWTs are valid until they expire."""
    state, arguments = state_of(request), await read_arguments(request)
    name = arguments.at_most_one_of(
        ("session_id", "session_token", "session_jwt"),
        ErrorType.TOO_MANY_SESSION_REVOKE_ARGUMENTS,
    )
    if name is None:
        raise StytchError(ErrorType.NO_SESSION_REVOKE_ARGUMENTS)
    state.sessions.revoke(state.sessions.find(name, arguments.required_text(name)))
    return reply({})


async def list_sessions(request: Request) -> Response:
    """GET /v1/sessions?user_id=: list the user's active sessions."""
    state, arguments = state_of(request), await read_arguments(request)
    user = state.users.find(arguments.required_text("user_id"))
    active = state.sessions.active_of(user["user_id"])
    return reply({"sessions": [session_object(session, user["roles"]) for session in active]})
