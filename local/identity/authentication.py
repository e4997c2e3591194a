"""Who is calling: the bearer token of a user, an admin or the operator (GoTrue `api/auth.go`)."""

from __future__ import annotations

from starlette.requests import Request

from local.identity import cookie
from local.identity.arguments import ADMIN_CHECK, read_arguments
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

NO_TOKEN = "This endpoint requires a Bearer token"  # noqa: S105 - a refusal


def authenticated(request: Request) -> Claims:
    """Return the claims of the caller's token; raises HTTPError 401 for none and for a bad one."""
    token = _token(request)
    if token is None:
        raise HTTPError(401, NO_TOKEN, cookie.CLEARED)
    return _claims(request, token)


async def require_user(request: Request) -> None:
    """Raise HTTPError 401 for a caller without a good token."""
    authenticated(request)


def claimed_user(request: Request, claims: Claims) -> User:
    """Return the token's user; raises HTTPError 400 for the operator, 404 for a deleted user."""
    user_id = parse_user_id(claims.get("sub", ""))
    if user_id is None:
        raise HTTPError(400, "Could not read User ID claim")
    user = state_of(request).users.with_id(user_id)
    if user is None:
        raise HTTPError(404, "User not found")
    return user


def actor(request: Request, claims: Claims) -> User | None:
    """Return who acts by this token: its user, or the system user for the operator."""
    subject = claims.get("sub", "")
    if subject in (OPERATOR_SUBJECT, SYSTEM_USER_ID):
        return system_user(claims.get("aud", ""))
    user_id = parse_user_id(subject)
    return state_of(request).users.with_id(user_id) if user_id else None


async def require_admin(request: Request) -> Claims:
    """Return the claims of an admin; for others HTTPError 401, also for users without the right.

    The audience that a body names is the one whose admin is meant.
    """
    token = _token(request)
    if token is None:
        raise HTTPError(401, NO_TOKEN)
    claims = _claims(request, token)
    caller = actor(request, claims)
    if caller is None:
        raise HTTPError(401, "Invalid admin user")
    named = ""
    if request.method != "GET" and await request.body():
        arguments = await read_arguments(request, "Could not decode admin user params", ADMIN_CHECK)
        named = arguments.text("aud")
    if not caller.is_admin(named or audience(request, claims)):
        raise HTTPError(401, "User not allowed")
    return claims


def audience(request: Request, claims: Claims | None = None) -> str:
    """Return the audience of the header X-JWT-AUD, else of the token, else of the configuration."""
    requested: str = request.headers.get("x-jwt-aud", "") or (claims or {}).get("aud", "")
    return requested or state_of(request).config.audience


def _token(request: Request) -> str | None:
    return bearer(request.headers.get("authorization", ""))


def _claims(request: Request, token: str) -> Claims:
    state = state_of(request)
    try:
        return verified_claims(token, state.config, state.clock)
    except InvalidTokenError as error:
        raise HTTPError(401, f"Invalid token: {error}", cookie.CLEARED) from error
