"""The caller's own account: GET and PUT /user, POST /logout (GoTrue `user.go`, `logout.go`)."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from local.identity import cookie
from local.identity.addresses import free_address
from local.identity.authentication import actor, audience, authenticated, claimed_user
from local.identity.errors import HTTPError
from local.identity.instance import Instance, instance_of
from local.identity.params import Params, read_params
from local.identity.passwords import hash_password
from local.identity.refresh_tokens import secure_token
from local.identity.timestamps import seconds_since, timestamp
from local.identity.users import User, merged


async def read_user(request: Request) -> Response:
    claims = authenticated(request)
    if audience(request, claims) != claims.get("aud", ""):
        raise HTTPError(400, "Token audience doesn't match request audience")
    return JSONResponse(claimed_user(request, claims).public())


async def update_user(request: Request) -> Response:
    """Changes all that the body names, or nothing; a new address waits for its confirmation."""
    instance = instance_of(request)
    claims = authenticated(request)
    params = await read_params(request, "Could not read User Update params")
    user = claimed_user(request, claims)
    changed = _with_metadata(_with_password(user, params), params, instance.config.audience)
    if params.text("email_change_token"):
        changed = _with_confirmed_email(changed, params.text("email_change_token"), instance)
    elif params.text("email") not in ("", user.email):
        new_email = free_address(request, params.text("email"), user.aud)
        changed = _with_pending_email(changed, new_email, instance)
        instance.mailer.email_change(changed)
    changed = instance.users.save(changed)
    instance.audit.record(changed, "user_modified")
    return JSONResponse(changed.public())


async def logout(request: Request) -> Response:
    """Ends every session of the user; an access token lives on until it expires."""
    instance = instance_of(request)
    claims = authenticated(request)
    user = actor(request, claims)
    if user is None:
        raise HTTPError(401, "Invalid user", cookie.CLEARED)
    instance.audit.record(user, "logout")
    instance.refresh_tokens.delete_all(user.id)
    return Response(status_code=204, headers=cookie.CLEARED)


def _with_password(user: User, params: Params) -> User:
    password = params.text("password")
    return replace(user, password_hash=hash_password(password)) if password else user


def _with_metadata(user: User, params: Params, admin_audience: str) -> User:
    data, app_metadata = params.mapping("data"), params.mapping("app_metadata")
    if app_metadata is not None and not user.is_admin(admin_audience):
        raise HTTPError(401, "Updating app_metadata requires admin privileges")
    return replace(
        user,
        user_metadata=merged(user.user_metadata, data or {}),
        app_metadata=merged(user.app_metadata, app_metadata or {}),
    )


def _with_confirmed_email(user: User, token: str, instance: Instance) -> User:
    sent = user.email_change_sent_at
    allowed = instance.config.confirmation_seconds
    if sent and seconds_since(sent, instance.clock.now()) > allowed:
        raise HTTPError(422, "Email change token expired")
    if token != user.email_change_token:
        raise HTTPError(401, "Email Change Token didn't match token on file")
    return replace(user, email=user.new_email, new_email="", email_change_token="")


def _with_pending_email(user: User, new_email: str, instance: Instance) -> User:
    return replace(
        user,
        new_email=new_email,
        email_change_token=secure_token(),
        email_change_sent_at=timestamp(instance.clock.now()),
    )
