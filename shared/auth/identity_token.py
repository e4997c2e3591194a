"""Identity's tokens, with its HS256 secret: verifying a user's, and making an operator's.

The only module for Identity that needs PyJWT: where the secret is not known, it is not imported.
"""

from __future__ import annotations

import time
from typing import Any

import jwt

from shared.auth.upstream_http import CLOCK_LEEWAY_SECONDS
from shared.errors import Unauthenticated
from shared.settings.settings import reread, settings

_OPERATOR_SECONDS = 60


def verify(token: str) -> dict[str, Any]:
    """The claims of an access token that has not expired; raises Unauthenticated."""
    try:
        return _verify(token)
    except jwt.ExpiredSignatureError:
        raise Unauthenticated("token_expired", "The Identity token has expired.") from None
    except jwt.PyJWTError:
        raise Unauthenticated("token_invalid", "The token cannot be accepted.") from None


def operator_token(secret: str) -> str:
    """A token of a minute for the admin API.

    GoTrue accepts any token that is signed with its secret and has no user behind it as its
    operator's.
    """
    claims = {"exp": int(time.time()) + _OPERATOR_SECONDS, "sub": "0"}
    return jwt.encode(claims, secret, algorithm="HS256")


def _verify(token: str) -> dict[str, Any]:
    """The claims of a token; raises jwt.PyJWTError.

    A bad signature may mean that the secret was rotated: it is read again.
    """
    try:
        return _decode(token)
    except jwt.InvalidSignatureError:
        if not reread():
            raise
    return _decode(token)


def _decode(token: str) -> dict[str, Any]:
    return jwt.decode(
        token,
        settings().netlify_identity_secret or "",
        algorithms=["HS256"],
        leeway=CLOCK_LEEWAY_SECONDS,
        options={"require": ["exp", "sub"], "verify_aud": False},
    )
