"""POST /signup and POST /invite: two ways to a new account (GoTrue `signup.go`, `invite.go`)."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from local.identity.arguments import INVITE, SIGNUP, Arguments, read_arguments
from local.identity.authentication import audience, require_admin
from local.identity.endpoints.passwords import hashed
from local.identity.errors import HTTPError
from local.identity.state.refresh_tokens import secure_token
from local.identity.state.state import State, state_of
from local.identity.state.users import User
from local.kit.store import merged


async def signup(request: Request) -> Response:
    """Answer the user, without a token; unless `autoconfirm`, the address must be confirmed."""
    state = state_of(request)
    if state.config.disable_signup:
        raise HTTPError(403, "Signups not allowed for this instance")
    arguments = await read_arguments(request, "Could not read Signup params", SIGNUP)
    if not arguments.text("password"):
        raise HTTPError(422, "Signup requires a valid password")
    user = await _registered(state, arguments, audience(request))
    if state.config.autoconfirm:
        user = state.users.save(await confirmed_by_site(user, state))
    else:
        user = _ask_to_confirm(user, state)
    return JSONResponse(user.public())


async def invite(request: Request) -> Response:
    """Answer the user, who chooses a password at the link in the mail; for admins only."""
    state = state_of(request)
    claims = await require_admin(request)
    arguments = await read_arguments(request, "Could not read Invite params", INVITE)
    requested_audience = audience(request, claims)
    email = arguments.email("email")
    state.users.check_free(email, requested_audience)
    user = state.users.new(
        email, requested_audience, password_hash="", user_metadata=arguments.mapping("data")
    )
    user = await state.hooks.ask("validate", user)
    now = state.clock.timestamp()
    user = state.users.save(replace(user, confirmation_token=secure_token(), invited_at=now))
    state.mailer.invite(user)
    return JSONResponse(user.public())


def confirmed(user: User, state: State) -> User:
    return replace(user, confirmation_token="", confirmed_at=state.clock.timestamp())


async def confirmed_by_site(user: User, state: State) -> User:
    """Return the user confirmed, after the site was told; nobody else sees it before."""
    return confirmed(await state.hooks.ask("signup", user), state)


async def _registered(state: State, arguments: Arguments, requested_audience: str) -> User:
    """Return the new user, or an unconfirmed one again, who keeps the first password."""
    email, data = arguments.email("email"), arguments.mapping("data")
    user = state.users.with_email(email, requested_audience)
    if user is None:
        password_hash = hashed(arguments.text("password"), "Database error creating user")
        user = state.users.new(
            email, requested_audience, password_hash=password_hash, user_metadata=data
        )
        user = await state.hooks.ask("validate", user)
        state.users.check_free(email, requested_audience)
        return user
    if user.confirmed_at:
        raise HTTPError(400, "A user with this email address has already been registered")
    return replace(user, user_metadata=merged(user.metadata, data or {}))


def _ask_to_confirm(user: User, state: State) -> User:
    """Send the mail, but not again within `mail_pause_seconds`."""
    sent = user.confirmation_sent_at
    if sent and state.clock.seconds_since(sent) <= state.config.mail_pause_seconds:
        return state.users.save(user)
    now = state.clock.timestamp()
    asked = replace(user, confirmation_token=secure_token(), confirmation_sent_at=now)
    state.mailer.confirmation(asked)
    return state.users.save(asked)
