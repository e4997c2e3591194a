"""POST /sdk/v1/magic_links/…: a page sends a link, and uses the one that led to it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from local.stytch.arguments import Arguments, read_arguments
from local.stytch.endpoints import email_links, magic_links
from local.stytch.errors import StytchError
from local.stytch.front_end.caller import session_token_of
from local.stytch.front_end.replies import data_reply
from local.stytch.state.state import state_of

# What a page may choose; a server may choose more.
_OF_A_MAIL = (
    "email",
    "login_magic_link_url",
    "signup_magic_link_url",
    "login_expiration_minutes",
    "signup_expiration_minutes",
    "code_challenge",
)
_OF_A_LINK = ("token", "session_duration_minutes", "code_verifier")


async def login_or_create(request: Request) -> Response:
    """Mail a link; the answer does not tell whether there was a user."""
    sent = (await read_arguments(request)).only(_OF_A_MAIL)
    email_links.mail_login_link(state_of(request), sent)
    return data_reply({})


async def send_to_known(request: Request) -> Response:
    """Mail a link to an address that some user has."""
    sent = (await read_arguments(request)).only(_OF_A_MAIL)
    email_links.mail_link(state_of(request), sent)
    return data_reply({})


async def send_to_own_user(request: Request) -> Response:
    """Mail a link that adds the address to the user whose session the page has."""
    sent = await read_arguments(request)
    chosen = {name: sent.value(name) for name in _OF_A_MAIL}
    email_links.mail_link(
        state_of(request), Arguments({**chosen, "session_token": session_token_of(request)})
    )
    return data_reply({})


async def authenticate(request: Request) -> Response:
    """Use a link, and start a session, or add the address to the one that the page has."""
    sent = await read_arguments(request)
    if sent.optional_integer("session_duration_minutes") is None:
        raise sent.invalid("session_duration_minutes", "is required")
    chosen = {name: sent.value(name) for name in _OF_A_LINK}
    device = {
        "ip_address": request.client.host if request.client else "",
        "user_agent": request.headers.get("user-agent", ""),
    }
    arguments = {**chosen, "attributes": device, "session_token": _active_session(request)}
    fields = magic_links.use_link(state_of(request), Arguments(arguments))
    return data_reply(fields | {"__user": fields["user"]})


def _active_session(request: Request) -> str | None:
    """Return the token of the page's session; None without one, and for one that is over."""
    try:
        token = session_token_of(request)
        state_of(request).sessions.find("session_token", token)
    except StytchError:
        return None
    return token
