"""Who is calling: the bearer token of a user, an admin or the operator (GoTrue `api/auth.go`)."""

from __future__ import annotations

from starlette.requests import Request

from local.identity import cookie
from local.identity.errors import HTTPError
from local.identity.instance import instance_of
from local.identity.tokens import (
    OPERATOR_SUBJECT,
    Claims,
    InvalidTokenError,
    bearer,
    verified_claims,
)
from local.identity.users import SYSTEM_USER_ID, User, parse_user_id, system_user


def authenticated(request: Request) -> Claims:
    """The claims of the caller's token; raises HTTPError 401 for none and for a bad one."""
    instance = instance_of(request)
    token = bearer(request.headers.get("authorization", ""))
    if token is None:
        raise HTTPError(401, "This endpoint requires a Bearer token", cookie.CLEARED)
    try:
        return verified_claims(token, instance.config, instance.clock)
    except InvalidTokenError as error:
        raise HTTPError(401, f"Invalid token: {error}", cookie.CLEARED) from error


def claimed_user(request: Request, claims: Claims) -> User:
    """The record of the token's user; raises HTTPError 400 for the operator and 404 when it is
    gone."""
    id = parse_user_id(claims["sub"])
    if id is None:
        raise HTTPError(400, "Could not read User ID claim")
    user = instance_of(request).users.with_id(id)
    if user is None:
        raise HTTPError(404, "User not found")
    return user


def actor(request: Request, claims: Claims) -> User | None:
    """Who acts by this token: its user, or the system user for the operator."""
    if claims["sub"] in (OPERATOR_SUBJECT, SYSTEM_USER_ID):
        return system_user(claims.get("aud", ""))
    id = parse_user_id(claims["sub"])
    return instance_of(request).users.with_id(id) if id else None


def admin(request: Request) -> User:
    """The calling admin; raises HTTPError 401, for a caller without the right too (not 403)."""
    claims = authenticated(request)
    caller = actor(request, claims)
    if caller is None:
        raise HTTPError(401, "Invalid admin user")
    if not caller.is_admin(audience(request, claims)):
        raise HTTPError(401, "User not allowed")
    return caller


def audience(request: Request, claims: Claims | None = None) -> str:
    """Of the header X-JWT-AUD, else of the token, else of the settings."""
    requested: str = request.headers.get("x-jwt-aud", "") or (claims or {}).get("aud", "")
    return requested or instance_of(request).config.audience
