"""Checking a Stytch session JWT on the spot, with the project's public keys.

Source of the rules: RFC 8725 (JWT best current practices) and Stytch's session JWT claims.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cache
from typing import Any

import jwt

from shared.auth.principal import Principal
from shared.auth.stytch.jwks import KeySet, fetch_from_stytch
from shared.auth.stytch.session import principal_of_claims
from shared.errors import Unauthenticated
from shared.settings.settings import Settings, settings

LEEWAY_SECONDS = 10
SESSION_CLAIM = "https://stytch.com/session"


@dataclass(frozen=True)
class Stale:
    """Genuine, but too old to be believed without asking Stytch."""


@cache
def key_set() -> KeySet:
    """This process's keys, kept from one invocation to the next."""
    return KeySet(lambda: fetch_from_stytch(settings()), settings().stytch_jwks)


def verify_session_jwt(token: str, keys: KeySet, config: Settings) -> Principal | Stale:
    """Whom the JWT names, or Stale when it is genuine but expired or over `STYTCH_JWT_MAX_AGE`.

    Raises Unauthenticated for anything else that is wrong with it. The session claim is required:
    without it, a machine's or a connected app's token, which the same keys sign, would pass.
    """
    claims = _decode(token, keys, config)
    session = claims.get(SESSION_CLAIM)
    if not isinstance(session, dict) or not str(claims["sub"]).startswith("user-"):
        raise Unauthenticated("not_a_session", "The token is not a session's.")
    try:
        if _is_stale(claims, config):
            return Stale()
        return principal_of_claims(claims, config) or Stale()
    except (AttributeError, TypeError, ValueError):
        raise Unauthenticated("token_invalid", "The token cannot be accepted.") from None


def _is_stale(claims: dict[str, Any], config: Settings) -> bool:
    now = time.time()
    age = max(0.0, now - float(claims["iat"]))  # Stytch's clock may be ahead of ours
    return age >= config.stytch_jwt_max_age_seconds or now >= float(claims["exp"])


def _decode(token: str, keys: KeySet, config: Settings) -> dict[str, Any]:
    try:
        kid = jwt.get_unverified_header(token).get("kid")
        key = keys.find(kid) if isinstance(kid, str) else None
        if key is None:
            raise Unauthenticated("unknown_key", "The token is signed with an unknown key.")
        return jwt.decode(
            token,
            key,
            algorithms=["RS256"],
            audience=config.stytch_project_id,
            issuer=[f"stytch.com/{config.stytch_project_id}", config.stytch_base_url],
            leeway=LEEWAY_SECONDS,
            options={
                "require": ["aud", "exp", "iat", "iss", "nbf", "sub"],
                "verify_exp": False,  # an expired one may stand for a live session: see Stale
            },
        )
    except jwt.PyJWTError:
        raise Unauthenticated("token_invalid", "The token cannot be accepted.") from None
