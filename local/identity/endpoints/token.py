"""POST /token: the password and the refresh_token grant of OAuth 2 (GoTrue `api/token.go`)."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from local.identity import cookie
from local.identity.authentication import audience
from local.identity.errors import HTTPError, OAuthError
from local.identity.passwords import hash_password, password_matches
from local.identity.state.refresh_tokens import RefreshToken
from local.identity.state.state import state_of
from local.identity.state.users import User
from local.identity.tokens import access_token

FORM = "application/x-www-form-urlencoded"

# Compared when there is no such user, so that the answer takes as long.
ABSENT_USER_HASH = hash_password("")


async def token(request: Request) -> Response:
    """Read the grant from a form or the query; a JSON body is not read, as in GoTrue."""
    fields = await _form_fields(request)
    match fields.get("grant_type"):
        case "password":
            return await _password_grant(request, fields)
        case "refresh_token":
            return _refresh_token_grant(request, fields)
        case _:
            raise OAuthError("unsupported_grant_type")


def sign_in(request: Request, user: User) -> Response:
    """Start a session of `user`, and answer its tokens; they may be gone since a hook was asked."""
    state = state_of(request)
    if state.users.with_id(user.id) is None:
        raise OAuthError("invalid_grant", "Invalid user")
    return _tokens(request, state.users.save(user), state.refresh_tokens.grant(user.id))


async def _password_grant(request: Request, fields: Mapping[str, str]) -> Response:
    state = state_of(request)
    username, password = fields.get("username", ""), fields.get("password", "")
    if not state.password_grants.take(username.lower()):
        raise HTTPError(429, "Rate limit exceeded")
    user = state.users.with_email(username, audience(request))
    if user and not user.confirmed_at:
        raise OAuthError("invalid_grant", "Email not confirmed")
    matches = password_matches(password, user.password_hash if user else ABSENT_USER_HASH)
    if user is None or not matches:
        reason = "No user found with that email, or password invalid."
        raise OAuthError("invalid_grant", reason)
    return sign_in(request, await state.hooks.ask("login", user))


def _refresh_token_grant(request: Request, fields: Mapping[str, str]) -> Response:
    """Exchange a token for the next; using one twice changes nothing but the caller's cookie."""
    state = state_of(request)
    if not fields.get("refresh_token"):
        raise OAuthError("invalid_request", "refresh_token required")
    used = state.refresh_tokens.find(fields["refresh_token"])
    user = state.users.with_id(used.user_id) if used else None
    if used is None or user is None:
        raise OAuthError("invalid_grant", "Invalid Refresh Token")
    if used.revoked:
        raise OAuthError("invalid_grant", "Invalid Refresh Token", cookie.CLEARED)
    if state.clock.seconds_since(used.created_at) > state.config.refresh_token_seconds:
        raise OAuthError("invalid_grant", "Refresh token expired", cookie.CLEARED)
    return _tokens(request, user, state.refresh_tokens.swap(used))


def _tokens(request: Request, user: User, refresh_token: RefreshToken) -> Response:
    state = state_of(request)
    jwt = access_token(user, state.config, state.clock)
    response = JSONResponse(
        {
            "access_token": jwt,
            "token_type": "bearer",
            "expires_in": state.config.access_token_seconds,
            "refresh_token": refresh_token.token,
        }
    )
    cookie.set_when_asked(response, request, jwt, state.config.cookie_seconds)
    return response


async def _form_fields(request: Request) -> dict[str, str]:
    """Read body and query; the body's field wins over the query's, the first over a second."""
    pairs = parse_qsl(request.url.query, keep_blank_values=True)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() == FORM:
        body = (await request.body()).decode(errors="replace")
        pairs = parse_qsl(body, keep_blank_values=True) + pairs
    return dict(reversed(pairs))
