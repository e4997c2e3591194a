"""POST /verify and POST /recover: the links in mails (GoTrue `verify.go`, `recover.go`)."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from local.identity.arguments import RECOVER, VERIFY, Arguments, read_arguments
from local.identity.authentication import audience
from local.identity.endpoints.passwords import hashed
from local.identity.endpoints.signup import confirmed_by_site
from local.identity.endpoints.token import sign_in
from local.identity.errors import HTTPError
from local.identity.state.refresh_tokens import secure_token
from local.identity.state.state import State, state_of
from local.identity.state.users import User

REFUSAL = "Could not read verification params"


async def verify(request: Request) -> Response:
    """Exchange the token of a mail, once, for a session."""
    state = state_of(request)
    arguments = await read_arguments(request, REFUSAL, VERIFY)
    token = arguments.text("token")
    if not token.strip():
        raise HTTPError(422, "Verify requires a token")
    match arguments.text("type"):
        case "signup":
            return sign_in(request, await _confirm(state, token, arguments))
        case "recovery":
            return sign_in(request, await _recover(state, token))
        case _:
            raise HTTPError(422, "Verify requires a verification type")


async def recover(request: Request) -> Response:
    """Send a recovery mail; the answer does not tell whether there is such an account."""
    state = state_of(request)
    arguments = await read_arguments(request, REFUSAL, RECOVER)
    if not arguments.text("email"):
        raise HTTPError(422, "Password recovery requires an email")
    user = state.users.with_email(arguments.text("email"), audience(request))
    if user is None:
        return JSONResponse({})
    sent = user.recovery_sent_at
    if sent and state.clock.seconds_since(sent) <= state.config.mail_pause_seconds:
        raise HTTPError(429, "Rate limit exceeded, try again later")
    now = state.clock.timestamp()
    asked = replace(user, recovery_token=secure_token(), recovery_sent_at=now)
    state.mailer.recovery(state.users.save(asked))
    return JSONResponse({})


async def _confirm(state: State, token: str, arguments: Arguments) -> User:
    user = state.users.with_confirmation_token(token)
    if user is None:
        raise HTTPError(404, "User not found")
    if _confirmation_expired(user, state):
        raise HTTPError(422, "Confirmation token expired")
    if user.invited_at and not user.password_hash:
        if not arguments.text("password"):
            raise HTTPError(422, "Invited users must specify a password")
        hash_ = hashed(arguments.text("password"), "Error storing password")
        user = replace(user, password_hash=hash_)
    return await confirmed_by_site(user, state)


def _confirmation_expired(user: User, state: State) -> bool:
    """Tell; an invitation is valid longer, also when its address signs up and gets another mail."""
    config = state.config
    allowed = config.invite_seconds if user.invited_at else config.confirmation_seconds
    return state.clock.seconds_since(user.confirmation_sent_at or user.invited_at) > allowed


async def _recover(state: State, token: str) -> User:
    """Return the token's user, confirmed too, because only the address's owner reads the mail."""
    user = state.users.with_recovery_token(token)
    if user is None:
        raise HTTPError(404, "User not found")
    if state.clock.seconds_since(user.recovery_sent_at) > state.config.recovery_seconds:
        raise HTTPError(422, "Recovery token expired")
    user = replace(user, recovery_token="")
    if user.confirmed_at:
        return user
    try:
        return await confirmed_by_site(user, state)
    except HTTPError as refusal:
        raise HTTPError(500, "Database error updating user") from refusal
