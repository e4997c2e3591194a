"""Identity's tokens, with its HS256 secret: verifying a user's, and making an operator's.

The only module for Identity that needs PyJWT: where the secret is not known, it is not imported.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import jwt
from jwt.utils import base64url_encode

from shared.auth.credentials import TOKENS_KEPT
from shared.auth.upstream_http import CLOCK_LEEWAY_SECONDS
from shared.errors import Unauthenticated
from shared.process import kept
from shared.settings.settings import reread, settings

Claims = Mapping[str, Any]

_OPERATOR_SECONDS = 60


def verify(token: str) -> Claims:
    """The claims of an access token that has not expired; raises Unauthenticated."""
    try:
        claims = _verify(token)
    except jwt.ExpiredSignatureError:
        raise _expired() from None
    except jwt.PyJWTError:
        raise Unauthenticated("token_invalid", "The token cannot be accepted.") from None
    if int(claims["exp"]) <= time.time() - CLOCK_LEEWAY_SECONDS:
        raise _expired()  # it was good when it was decoded
    return claims


def _expired() -> Unauthenticated:
    return Unauthenticated("token_expired", "The Identity token has expired.")


def operator_token(secret: str) -> str:
    """A token of a minute for the admin API.

    GoTrue accepts any token that is signed with its secret and has no user behind it as its
    operator's.
    """
    claims = {"exp": int(time.time()) + _OPERATOR_SECONDS, "sub": "0"}
    return jwt.encode(claims, secret, algorithm="HS256")


def _verify(token: str) -> Claims:
    """The claims of a token; raises jwt.PyJWTError.

    A bad signature may mean that the secret was rotated: it is read again.
    """
    try:
        return _verified_here()(token)
    except jwt.InvalidSignatureError:
        if not reread():
            raise
    return _verified_here()(token)


@kept
def _verified_here() -> Callable[[str], Claims]:
    """Decodes a token whose claims this process does not know yet."""
    return lru_cache(TOKENS_KEPT)(_decode)


def _decode(token: str) -> Claims:
    return jwt.decode(
        token,
        _key(),
        algorithms=["HS256"],
        leeway=CLOCK_LEEWAY_SECONDS,
        options={"require": ["exp", "sub"], "verify_aud": False},
    )


@kept
def _key() -> jwt.PyJWK:
    """The secret as PyJWT wants it: given as a text, it would be searched for a PEM each time."""
    secret = settings().netlify_identity_secret or ""
    octets = base64url_encode(secret.encode()).decode()
    return jwt.PyJWK({"kty": "oct", "k": octets}, algorithm="HS256")
