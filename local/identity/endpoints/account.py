"""The caller's own account: GET and PUT /user, POST /logout (GoTrue `user.go`, `logout.go`)."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from local.identity import cookie
from local.identity.arguments import USER_UPDATE, Arguments, read_arguments
from local.identity.authentication import actor, audience, authenticated, claimed_user
from local.identity.endpoints.passwords import hashed
from local.identity.errors import HTTPError
from local.identity.state.refresh_tokens import secure_token
from local.identity.state.state import State, state_of
from local.identity.state.users import User
from local.kit.store import merged


async def read_user(request: Request) -> Response:
    claims = authenticated(request)
    if audience(request, claims) != claims.get("aud", ""):
        raise HTTPError(400, "Token audience doesn't match request audience")
    return JSONResponse(claimed_user(request, claims).public())


async def update_user(request: Request) -> Response:
    """Change all that the body names, or nothing; a new address waits for its confirmation."""
    state = state_of(request)
    claims = authenticated(request)
    arguments = await read_arguments(request, "Could not read User Update params", USER_UPDATE)
    user = claimed_user(request, claims)
    changed = _with_metadata(_with_password(user, arguments), arguments, state.config.audience)
    if arguments.text("email_change_token"):
        changed = _with_confirmed_email(changed, arguments.text("email_change_token"), state)
    elif arguments.text("email") not in ("", user.email):
        new_email = arguments.email("email")
        state.users.check_free(new_email, user.aud)
        changed = _with_pending_email(changed, new_email, state)
        state.mailer.email_change(changed)
    return JSONResponse(state.users.save(changed).public())


async def logout(request: Request) -> Response:
    """End every session of the user; an access token is valid until it expires."""
    user = actor(request, authenticated(request))
    if user is None:
        raise HTTPError(401, "Invalid user", cookie.CLEARED)
    state_of(request).refresh_tokens.delete_all(user.id)
    return Response(status_code=204, headers=cookie.CLEARED)


def _with_password(user: User, arguments: Arguments) -> User:
    password = arguments.text("password")
    if not password:
        return user
    return replace(user, password_hash=hashed(password, "Error during password storage"))


def _with_metadata(user: User, arguments: Arguments, admin_audience: str) -> User:
    data, app_metadata = arguments.mapping("data"), arguments.mapping("app_metadata")
    if app_metadata is not None and not user.is_admin(admin_audience):
        raise HTTPError(401, "Updating app_metadata requires admin privileges")
    return replace(
        user,
        user_metadata=merged(user.metadata, data or {}),
        app_metadata=merged(user.app_metadata, app_metadata or {}),
    )


def _with_confirmed_email(user: User, token: str, state: State) -> User:
    sent = user.email_change_sent_at
    if sent and state.clock.seconds_since(sent) > state.config.confirmation_seconds:
        raise HTTPError(422, "Email change token expired")
    if token != user.email_change_token:
        raise HTTPError(401, "Email Change Token didn't match token on file")
    return replace(user, email=user.new_email, new_email="", email_change_token="")


def _with_pending_email(user: User, new_email: str, state: State) -> User:
    return replace(
        user,
        new_email=new_email,
        email_change_token=secure_token(),
        email_change_sent_at=state.clock.timestamp(),
    )
