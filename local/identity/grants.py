"""POST /token: the password and the refresh_token grant of OAuth 2 (GoTrue `api/token.go`)."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from local.identity import cookie
from local.identity.authentication import audience
from local.identity.errors import HTTPError, OAuthError
from local.identity.instance import instance_of
from local.identity.passwords import hash_password, password_matches
from local.identity.sign_in import signed_in, token_response
from local.identity.timestamps import seconds_since

FORM = "application/x-www-form-urlencoded"

# Compared when there is no such user, so that the answer takes as long.
ABSENT_USER_HASH = hash_password("")


async def token(request: Request) -> Response:
    """Fields come in a form or in the query; a JSON body is not read, as GoTrue does not."""
    fields = await _fields(request)
    match fields.get("grant_type"):
        case "password":
            return _password_grant(request, fields)
        case "refresh_token":
            return _refresh_token_grant(request, fields)
        case _:
            raise OAuthError("unsupported_grant_type")


def _password_grant(request: Request, fields: Mapping[str, str]) -> Response:
    instance = instance_of(request)
    username, password = fields.get("username", ""), fields.get("password", "")
    if not instance.password_grants.take(username.lower()):
        raise HTTPError(429, "Rate limit exceeded")
    user = instance.users.with_email(username, audience(request))
    if user and not user.confirmed_at:
        raise OAuthError("invalid_grant", "Email not confirmed")
    matches = password_matches(password, user.password_hash if user else ABSENT_USER_HASH)
    if user is None or not matches:
        reason = "No user found with that email, or password invalid."
        raise OAuthError("invalid_grant", reason)
    instance.audit.record(user, "login")
    return signed_in(request, user)


def _refresh_token_grant(request: Request, fields: Mapping[str, str]) -> Response:
    """Each token is good for one use; using it again changes nothing but the caller's cookie."""
    instance = instance_of(request)
    if not fields.get("refresh_token"):
        raise OAuthError("invalid_request", "refresh_token required")
    used = instance.refresh_tokens.find(fields["refresh_token"])
    user = instance.users.with_id(used.user_id) if used else None
    if used is None or user is None:
        raise OAuthError("invalid_grant", "Invalid Refresh Token")
    if used.revoked:
        raise OAuthError("invalid_grant", "Invalid Refresh Token", cookie.CLEARED)
    age = seconds_since(used.created_at, instance.clock.now())
    if age > instance.config.refresh_token_seconds:
        raise OAuthError("invalid_grant", "Refresh token expired", cookie.CLEARED)
    instance.audit.record(user, "token_refreshed")
    instance.audit.record(user, "token_revoked")
    return token_response(request, user, instance.refresh_tokens.swap(used))


async def _fields(request: Request) -> dict[str, str]:
    """The body's field goes before the query's, and the first before a second."""
    pairs = parse_qsl(request.url.query, keep_blank_values=True)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() == FORM:
        body = (await request.body()).decode(errors="replace")
        pairs = parse_qsl(body, keep_blank_values=True) + pairs
    return dict(reversed(pairs))
