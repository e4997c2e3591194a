"""Who is calling: the bearer token of a user, an admin or the operator (GoTrue `api/auth.go`)."""

from __future__ import annotations

from starlette.requests import Request

from local.identity import cookie
from local.identity.errors import HTTPError
from local.identity.state.state import state_of
from local.identity.state.users import SYSTEM_USER_ID, User, parse_user_id, system_user
from local.identity.tokens import (
    OPERATOR_SUBJECT,
    Claims,
    InvalidTokenError,
    bearer,
    verified_claims,
)


def authenticated(request: Request) -> Claims:
    """Return the claims of the caller's token; raises HTTPError 401 for none and for a bad one."""
    state = state_of(request)
    token = bearer(request.headers.get("authorization", ""))
    if token is None:
        raise HTTPError(401, "This endpoint requires a Bearer token", cookie.CLEARED)
    try:
        return verified_claims(token, state.config, state.clock)
    except InvalidTokenError as error:
        raise HTTPError(401, f"Invalid token: {error}", cookie.CLEARED) from error


def claimed_user(request: Request, claims: Claims) -> User:
    """Return the token's user; raises HTTPError 400 for the operator, 404 for a deleted user."""
    user_id = parse_user_id(claims["sub"])
    if user_id is None:
        raise HTTPError(400, "Could not read User ID claim")
    user = state_of(request).users.with_id(user_id)
    if user is None:
        raise HTTPError(404, "User not found")
    return user


def actor(request: Request, claims: Claims) -> User | None:
    """Return who acts by this token: its user, or the system user for the operator."""
    if claims["sub"] in (OPERATOR_SUBJECT, SYSTEM_USER_ID):
        return system_user(claims.get("aud", ""))
    user_id = parse_user_id(claims["sub"])
    return state_of(request).users.with_id(user_id) if user_id else None


def require_admin(request: Request) -> None:
    """Raise HTTPError 401 unless an admin is calling; without the right it is 401 too, not 403."""
    claims = authenticated(request)
    caller = actor(request, claims)
    if caller is None:
        raise HTTPError(401, "Invalid admin user")
    if not caller.is_admin(audience(request, claims)):
        raise HTTPError(401, "User not allowed")


def audience(request: Request, claims: Claims | None = None) -> str:
    """Return the audience of the header X-JWT-AUD, else of the token, else of the configuration."""
    requested: str = request.headers.get("x-jwt-aud", "") or (claims or {}).get("aud", "")
    return requested or state_of(request).config.audience
