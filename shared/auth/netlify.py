"""Netlify Identity: its users' claims, its tokens, and its admin API."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import jwt

from shared.auth.client_context import Identity
from shared.auth.principal import ADMIN, Principal, display_name, fold_email, role_names
from shared.auth.upstream_http import Answer, request
from shared.errors import Unauthenticated, Unavailable
from shared.settings.settings import Settings

_OPERATOR_SECONDS = 60
_LEEWAY_SECONDS = 10


def principal_of_user(user: Mapping[str, Any], settings: Settings) -> Principal:
    """The principal of verified claims; raises Unauthenticated for incomplete or expired ones."""
    sub, email, expires = user.get("sub"), user.get("email"), user.get("exp")
    if not (_is_identifier(sub) and _is_identifier(email)):
        raise Unauthenticated("identity_user_incomplete", "The Identity user has no sub or email.")
    if expires is not None and not (isinstance(expires, int | float) and expires > time.time()):
        raise Unauthenticated("token_expired", "The Identity token has expired.")
    return _principal(str(sub), str(email), user, settings)


def verify_bearer(token: str, settings: Settings) -> Principal:
    """Whom an Identity access token names; raises Unauthenticated or Unavailable.

    With the HS256 secret it is checked on the spot; without, Identity itself is asked, since
    Netlify hands the secret to nobody.
    """
    if settings.netlify_identity_secret is None:
        return ask_by_token(token, settings)
    try:
        claims = jwt.decode(
            token,
            settings.netlify_identity_secret,
            algorithms=["HS256"],
            leeway=_LEEWAY_SECONDS,
            options={"require": ["exp", "sub"], "verify_aud": False},
        )
    except jwt.ExpiredSignatureError:
        raise Unauthenticated("token_expired", "The Identity token has expired.") from None
    except jwt.PyJWTError:
        raise Unauthenticated("token_invalid", "The token cannot be accepted.") from None
    return principal_of_user({**claims, "exp": None}, settings)


def ask_by_token(token: str, settings: Settings) -> Principal:
    """Ask `GET /user` whose token it is; raises Unauthenticated when the user is gone."""
    if settings.netlify_identity_url is None:
        raise Unauthenticated("identity_not_configured", "Identity tokens are not accepted here.")
    return _confirmed(_get(f"{settings.netlify_identity_url}/user", token), settings)


def ask_by_id(identity: Identity, principal: Principal, settings: Settings) -> Principal:
    """Ask the admin API about the user; raises Unauthenticated when it is gone."""
    answer = _get(_user_url(identity, principal), identity.operator_token)
    if answer.status == 401:
        raise _refused()  # the operator's token is bad, which tells nothing of the user
    return _confirmed(answer, settings)


def delete_user(identity: Identity, principal: Principal) -> None:
    """Delete the user; one that is gone already counts as done. Raises Unavailable."""
    headers = {"Authorization": f"Bearer {identity.operator_token}"}
    answer = request("Identity", "DELETE", _user_url(identity, principal), headers=headers)
    if answer.status not in {200, 204, 404}:
        raise _refused()


def configured_identity(settings: Settings) -> Identity | None:
    """The instance that the settings name, where its secret is known, so that we can operate it."""
    if not (settings.netlify_identity_url and settings.netlify_identity_secret):
        return None
    claims = {"exp": int(time.time()) + _OPERATOR_SECONDS, "sub": "0"}
    token = jwt.encode(claims, settings.netlify_identity_secret, algorithm="HS256")
    return Identity(settings.netlify_identity_url, token)


def _user_url(identity: Identity, principal: Principal) -> str:
    return f"{identity.url}/admin/users/{quote(principal.subject, safe='')}"


def _get(url: str, token: str) -> Answer:
    return request("Identity", "GET", url, headers={"Authorization": f"Bearer {token}"})


def _confirmed(answer: Answer, settings: Settings) -> Principal:
    """The principal of an answer that holds a GoTrue user record."""
    user = answer.body
    if answer.status in {401, 404}:
        raise Unauthenticated("token_invalid", "Identity does not know this user any more.")
    if answer.status != 200 or not all(_is_identifier(user.get(key)) for key in ("id", "email")):
        raise _refused()
    principal = _principal(str(user["id"]), str(user["email"]), user, settings)
    return replace(principal, confirmed=True)


def _principal(sub: str, email: str, user: Mapping[str, Any], settings: Settings) -> Principal:
    address = fold_email(email)
    named = role_names(_mapping(user.get("app_metadata")).get("roles"))
    if address in settings.admin_emails:
        named.add(ADMIN)
    return Principal(
        id=f"netlify:{sub}",
        provider="netlify",
        email=address,
        name=display_name(_mapping(user.get("user_metadata")).get("full_name"), address),
        roles=tuple(sorted(named)),
    )


def _is_identifier(value: object) -> bool:
    """Whether it can stand in a row: a text of printable ASCII that is not too long."""
    return isinstance(value, str) and re.fullmatch(r"[!-~]{1,120}", value) is not None


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _refused() -> Unavailable:
    return Unavailable("identity_unavailable", "Identity's answer cannot be used.")
