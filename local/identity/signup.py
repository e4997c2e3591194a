"""POST /signup and POST /invite: two ways to a new account (GoTrue `signup.go`, `invite.go`)."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from local.identity.addresses import checked_address, free_address
from local.identity.authentication import admin, audience
from local.identity.errors import HTTPError
from local.identity.instance import Instance, instance_of
from local.identity.params import Params, read_params
from local.identity.passwords import hash_password
from local.identity.refresh_tokens import secure_token
from local.identity.timestamps import seconds_since, timestamp
from local.identity.users import User, merged


async def signup(request: Request) -> Response:
    """Answers the user, without a token; unless `autoconfirm`, the address must be confirmed."""
    instance = instance_of(request)
    if instance.config.disable_signup:
        raise HTTPError(403, "Signups not allowed for this instance")
    params = await read_params(request, "Could not read Signup params")
    if not params.text("password"):
        raise HTTPError(422, "Signup requires a valid password")
    user = _registered(instance, params, audience(request))
    if instance.config.autoconfirm:
        instance.audit.record(user, "user_signedup")
        user = instance.users.save(confirmed(user, instance))
    else:
        user = _ask_to_confirm(user, instance)
    return JSONResponse(user.public())


async def invite(request: Request) -> Response:
    """Admins only. Answers the user, who chooses a password at the link in the mail."""
    instance = instance_of(request)
    inviter = admin(request)
    params = await read_params(request, "Could not read Invite params")
    requested_audience = audience(request)
    email = free_address(request, params.text("email"), requested_audience)
    user = instance.users.create(
        email, requested_audience, password_hash="", user_metadata=params.mapping("data")
    )
    instance.audit.record(inviter, "user_invited", upon=user)
    now = timestamp(instance.clock.now())
    user = instance.users.save(replace(user, confirmation_token=secure_token(), invited_at=now))
    instance.mailer.invite(user)
    return JSONResponse(user.public())


def confirmed(user: User, instance: Instance) -> User:
    now = timestamp(instance.clock.now())
    return replace(user, confirmation_token="", confirmed_at=now)


def _registered(instance: Instance, params: Params, requested_audience: str) -> User:
    """The new user; or an unconfirmed one again, whose password stays the first."""
    email, data = checked_address(params.text("email")), params.mapping("data")
    user = instance.users.with_email(email, requested_audience)
    if user is None:
        password_hash = hash_password(params.text("password"))
        return instance.users.create(
            email, requested_audience, password_hash=password_hash, user_metadata=data
        )
    if user.confirmed_at:
        raise HTTPError(400, "A user with this email address has already been registered")
    return instance.users.save(replace(user, user_metadata=merged(user.user_metadata, data or {})))


def _ask_to_confirm(user: User, instance: Instance) -> User:
    """Send the mail, but not again within `mail_pause_seconds`."""
    now = instance.clock.now()
    sent, pause = user.confirmation_sent_at, instance.config.mail_pause_seconds
    if sent and seconds_since(sent, now) <= pause:
        return user
    asked = replace(user, confirmation_token=secure_token(), confirmation_sent_at=timestamp(now))
    instance.mailer.confirmation(asked)
    return instance.users.save(asked)
