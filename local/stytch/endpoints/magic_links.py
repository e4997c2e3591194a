"""POST /v1/magic_links/authenticate: exchange a link's token for a proven address and a session."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from local.kit.store import Document
from local.stytch import pkce
from local.stytch.arguments import Arguments, read_arguments
from local.stytch.errors import ErrorType, StytchError
from local.stytch.replies import reply
from local.stytch.state.objects import email_link_factor, session_object
from local.stytch.state.state import State, state_of
from local.stytch.state.users import email_of
from local.stytch.terms import (
    SessionTerms,
    check_attributes,
    read_attributes,
    read_session_terms,
)


async def authenticate(request: Request) -> Response:
    return reply(use_link(state_of(request), await read_arguments(request)))


def use_link(state: State, arguments: Arguments) -> Document:
    """Use a link; after a failed call it can still be used, after a good one it cannot."""
    link = state.links.find(arguments.required_text("token"))
    check_attributes(link["attributes"], arguments)
    pkce.check_verifier(link["code_challenge"], arguments.optional_text("code_verifier"))
    terms = read_session_terms(arguments, state.config.max_session_minutes)
    current = _current_session(state, link["user_id"], arguments)
    state.links.spend(link)
    user = state.users.confirm(link["user_id"], link["email_id"])
    state.webhooks.tell("UPDATE", user)
    factor = email_link_factor(
        link["email_id"], email_of(user, link["email_id"]), state.clock.timestamp()
    )
    session = (
        _start_session(state, user, factor, terms, read_attributes(arguments))
        if current is None
        else state.sessions.renew(state.sessions.add_factor(current, factor), terms)
    )
    fields = {
        "user_id": user["user_id"],
        "method_id": link["email_id"],
        "user": user,
        "reset_sessions": False,
        "user_device": None,
    }
    return fields | _session_fields(state, session, user["roles"])


def _current_session(state: State, user_id: str, arguments: Arguments) -> Document | None:
    """Return the caller's own session, to which the link may add a factor."""
    name = arguments.at_most_one_of(
        ("session_token", "session_jwt"), ErrorType.TOO_MANY_SESSION_ARGUMENTS
    )
    if name is None:
        return None
    session = state.sessions.find(name, arguments.required_text(name))
    if session["user_id"] != user_id:
        raise StytchError(ErrorType.SESSION_NOT_FOUND)
    return session


def _start_session(
    state: State,
    user: Document,
    factor: Document,
    terms: SessionTerms,
    attributes: Document | None,
) -> Document | None:
    """Start a session, if the call asks for one by naming a duration."""
    if terms.minutes is None:
        return None
    return state.sessions.start(
        user["user_id"], terms.minutes, terms.custom_claims, factor=factor, attributes=attributes
    )


def _session_fields(state: State, session: Document | None, roles: list[str]) -> Document:
    if session is None:
        return {"session": None, "session_token": "", "session_jwt": ""}
    return {
        "session": session_object(session, roles),
        "session_token": session["token"],
        "session_jwt": state.tokens.session_jwt(session, roles),
    }
