"""POST /verify and POST /recover: what the links in mails lead to (GoTrue `verify.go`,
`recover.go`)."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from local.identity.authentication import audience
from local.identity.errors import HTTPError
from local.identity.instance import Instance, instance_of
from local.identity.params import Params, read_params
from local.identity.passwords import hash_password
from local.identity.refresh_tokens import secure_token
from local.identity.sign_in import signed_in
from local.identity.signup import confirmed
from local.identity.timestamps import seconds_since, timestamp
from local.identity.users import User


async def verify(request: Request) -> Response:
    """Exchange the token of a mail, once, for a session."""
    instance = instance_of(request)
    params = await read_params(request, "Could not read verification params")
    token = params.text("token")
    if not token.strip():
        raise HTTPError(422, "Verify requires a token")
    match params.text("type"):
        case "signup":
            return signed_in(request, _confirm(instance, token, params))
        case "recovery":
            return signed_in(request, _recover(instance, token))
        case _:
            raise HTTPError(422, "Verify requires a verification type")


async def recover(request: Request) -> Response:
    """Send a recovery mail; the answer does not tell whether there is such an account."""
    instance = instance_of(request)
    params = await read_params(request, "Could not read verification params")
    if not params.text("email"):
        raise HTTPError(422, "Password recovery requires an email")
    user = instance.users.with_email(params.text("email"), audience(request))
    if user is None:
        return JSONResponse({})
    now = instance.clock.now()
    sent, pause = user.recovery_sent_at, instance.config.mail_pause_seconds
    if sent and seconds_since(sent, now) <= pause:
        raise HTTPError(429, "Rate limit exceeded, try again later")
    instance.audit.record(user, "user_recovery_requested")
    asked = replace(user, recovery_token=secure_token(), recovery_sent_at=timestamp(now))
    instance.mailer.recovery(instance.users.save(asked))
    return JSONResponse({})


def _confirm(instance: Instance, token: str, params: Params) -> User:
    user = instance.users.with_confirmation_token(token)
    if user is None:
        raise HTTPError(404, "User not found")
    if _confirmation_expired(user, instance):
        raise HTTPError(422, "Confirmation token expired")
    if user.invited_at and not user.password_hash:
        if not params.text("password"):
            raise HTTPError(422, "Invited users must specify a password")
        user = replace(user, password_hash=hash_password(params.text("password")))
    instance.audit.record(user, "user_signedup")
    return confirmed(user, instance)


def _confirmation_expired(user: User, instance: Instance) -> bool:
    """An invitation holds longer, also when its address signs up and is sent another mail."""
    config = instance.config
    allowed = config.invite_seconds if user.invited_at else config.confirmation_seconds
    sent = user.confirmation_sent_at or user.invited_at
    return seconds_since(sent, instance.clock.now()) > allowed


def _recover(instance: Instance, token: str) -> User:
    """Whoever reads the mail has the address, so this confirms it too."""
    user = instance.users.with_recovery_token(token)
    if user is None:
        raise HTTPError(404, "User not found")
    age = seconds_since(user.recovery_sent_at, instance.clock.now())
    if age > instance.config.recovery_seconds:
        raise HTTPError(422, "Recovery token expired")
    user = replace(user, recovery_token="")
    if user.confirmed_at:
        return user
    instance.audit.record(user, "user_signedup")
    return confirmed(user, instance)
