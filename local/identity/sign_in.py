"""What a successful sign-in answers: an access token, and a refresh token for the next."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from local.identity import cookie
from local.identity.instance import instance_of
from local.identity.refresh_tokens import RefreshToken
from local.identity.timestamps import timestamp
from local.identity.tokens import access_token
from local.identity.users import User


def signed_in(request: Request, user: User) -> Response:
    """Start a session of `user`, and answer its tokens."""
    instance = instance_of(request)
    now = timestamp(instance.clock.now())
    user = instance.users.save(replace(user, last_sign_in_at=now))
    return token_response(request, user, instance.refresh_tokens.grant(user.id))


def token_response(request: Request, user: User, refresh_token: RefreshToken) -> Response:
    instance = instance_of(request)
    config = instance.config
    token = access_token(user, config, instance.clock)
    response = JSONResponse(
        {
            "access_token": token,
            "token_type": "bearer",
            "expires_in": config.access_token_seconds,
            "refresh_token": refresh_token.token,
        }
    )
    cookie.set_when_asked(response, request, token, config.cookie_seconds)
    return response
