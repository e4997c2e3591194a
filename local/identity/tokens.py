"""Access tokens: HS256 JWTs with GoTrue's claims (GoTrue `api/token.go`)."""

from __future__ import annotations

import re
from typing import Any, cast

import jwt

from local.identity.config import IdentityConfig
from local.identity.state.users import User
from local.kit.clock import Clock

Claims = dict[str, Any]

KEY_ID = "nf-ident"
OPERATOR_SUBJECT = "0"

_BEARER = re.compile(r"[Bb]earer (\S+)")  # GoTrue `api/api.go` bearerRegexp
# Time is judged by the local cloud's clock and the audience by each endpoint, so not by PyJWT.
_CHECKS = {"verify_exp": False, "verify_iat": False, "verify_nbf": False, "verify_aud": False}


class InvalidTokenError(Exception):
    """The token is malformed, wrongly signed or expired; the message says which."""


def access_token(user: User, config: IdentityConfig, clock: Clock) -> str:
    claims: Claims = {"aud": user.aud} if user.aud else {}
    claims |= {
        "exp": int(clock.now()) + config.access_token_seconds,
        "sub": user.id,
        "email": user.email,
        "app_metadata": user.app_metadata,
        "user_metadata": user.user_metadata,
    }
    return jwt.encode(claims, config.secret, "HS256", headers={"kid": KEY_ID})


def operator_token(config: IdentityConfig, clock: Clock) -> str:
    """Make the short-lived admin token that a function gets as `identity.token`."""
    expires = int(clock.now()) + config.operator_token_seconds
    return jwt.encode({"exp": expires, "sub": OPERATOR_SUBJECT}, config.secret, "HS256")


def user_claims(
    authorization_header: str | None, config: IdentityConfig, clock: Clock
) -> Claims | None:
    """Return the `user` of a function's clientContext: the claims of a user's valid bearer token.

    None when the header is absent or not a bearer, or its token is bad, expired or an operator's.
    """
    token = bearer(authorization_header or "")
    if token is None:
        return None
    try:
        claims = verified_claims(token, config, clock)
    except InvalidTokenError:
        return None
    return claims if "email" in claims else None


def bearer(authorization_header: str) -> str | None:
    """Return the token of an `Authorization` header as GoTrue reads it."""
    match = _BEARER.fullmatch(authorization_header)
    return match[1] if match else None


def verified_claims(token: str, config: IdentityConfig, clock: Clock) -> Claims:
    """Return the claims of a token that this instance has signed; raises InvalidTokenError."""
    try:
        claims = jwt.decode(token, config.secret, ["HS256"], options=cast("Any", _CHECKS))
    except jwt.InvalidTokenError as error:
        raise InvalidTokenError(_reason(error)) from error
    expires, subject = claims.get("exp"), claims.get("sub")
    if not isinstance(expires, int) or not isinstance(subject, str):
        raise InvalidTokenError("exp or sub is missing")
    if clock.now() >= expires:
        raise InvalidTokenError(f"token is expired by {int(clock.now() - expires)}s")
    begins = claims.get("nbf")
    if isinstance(begins, int | float) and clock.now() < begins:
        raise InvalidTokenError("token is not valid yet")
    return claims


def _reason(error: jwt.InvalidTokenError) -> str:
    """Return the words of GoTrue's JWT library, which its clients show."""
    if isinstance(error, jwt.InvalidSignatureError):
        return "signature is invalid"
    if isinstance(error, jwt.InvalidAlgorithmError):
        return "signing method is invalid"
    return "token is malformed"
