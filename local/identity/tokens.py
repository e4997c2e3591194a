"""Access tokens: HS256 JWTs with GoTrue's claims (GoTrue `api/token.go`)."""

from __future__ import annotations

import re
from typing import Any, cast

import jwt

from local.identity.config import MINUTE, IdentityConfig
from local.identity.go_json import Struct, unmarshal
from local.identity.state.users import User
from local.kit.clock import Clock
from local.kit.json_body import InvalidBody

Claims = dict[str, Any]

KEY_ID = "nf-ident"
STANDARD = ("aud", "exp", "jti", "iat", "iss", "nbf", "sub")
CLAIMS = Struct(
    "GoTrueClaims",
    {
        **dict.fromkeys(("aud", "jti", "iss", "sub", "email"), str),
        **dict.fromkeys(("exp", "iat", "nbf"), int),
        **dict.fromkeys(("app_metadata", "user_metadata"), dict),
    },
    dict.fromkeys(STANDARD, "StandardClaims"),
)
OPERATOR_SUBJECT = "0"
CLAIMS_OF_USERS = ("sub", "email", "exp")

_BEARER = re.compile(r"[Bb]earer (\S+)")  # GoTrue `api/api.go` bearerRegexp
# The rest is judged here, and the audience by each endpoint, so not by PyJWT.
_CHECKS = dict.fromkeys([f"verify_{claim}" for claim in STANDARD], False)


class InvalidTokenError(Exception):
    """The token is malformed, wrongly signed or expired; the message says which."""


def access_token(user: User, config: IdentityConfig, clock: Clock) -> str:
    claims: Claims = {"aud": user.aud} if user.aud else {}
    claims |= {
        "exp": int(clock.now()) + config.access_token_seconds,
        "sub": user.id,
        "email": user.email,
        "app_metadata": user.app_metadata,
        "user_metadata": user.metadata,
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

    None when the header is absent or not a bearer, or its token is bad, expired or an operator's. A
    user's token always has these claims; GoTrue does not ask for them, Netlify's edge may.
    """
    token = bearer(authorization_header or "")
    if token is None:
        return None
    try:
        claims = verified_claims(token, config, clock)
    except InvalidTokenError:
        return None
    return claims if all(map(claims.get, CLAIMS_OF_USERS)) else None


def bearer(authorization_header: str) -> str | None:
    """Return the token of an `Authorization` header as GoTrue reads it."""
    match = _BEARER.fullmatch(authorization_header)
    return match[1] if match else None


def verified_claims(token: str, config: IdentityConfig, clock: Clock) -> Claims:
    """Return the claims of a token that this instance has signed; raises InvalidTokenError.

    As in GoTrue, none of them is required: a token without `exp` is good for ever.
    """
    try:
        claims = jwt.decode(token, config.secret, ["HS256"], options=cast("Any", _CHECKS))
        unmarshal(claims, CLAIMS)
    except jwt.InvalidTokenError as error:
        raise InvalidTokenError(_reason(error, token)) from error
    except InvalidBody as error:
        raise InvalidTokenError(str(error)) from error
    _check_times(claims, clock.now())
    return {name: value for name, value in claims.items() if value is not None}


def _check_times(claims: Claims, now: float) -> None:
    """Raise InvalidTokenError outside of a token's times; 0 is no time."""
    if (expires := claims.get("exp")) and now >= expires:
        raise InvalidTokenError(f"token is expired by {duration(int(now - expires))}")
    if (issued := claims.get("iat")) and now < issued:
        raise InvalidTokenError("token used before issued")
    if (begins := claims.get("nbf")) and now < begins:
        raise InvalidTokenError("token is not valid yet")


def duration(seconds: int) -> str:
    """Return whole seconds as Go writes them: `1h0m5s`."""
    hours, rest = divmod(seconds, 3600)
    minutes = f"{rest // 60}m" if seconds >= MINUTE else ""
    return f"{f'{hours}h' if hours else ''}{minutes}{rest % 60}s"


def _reason(error: jwt.InvalidTokenError, token: str) -> str:
    """Return the words of GoTrue's JWT library, which its clients show."""
    if token.count(".") != 2:
        return "token contains an invalid number of segments"
    if isinstance(error, jwt.InvalidSignatureError):
        return "signature is invalid"
    if isinstance(error, jwt.InvalidAlgorithmError):
        algorithm = jwt.get_unverified_header(token).get("alg")
        return f"signing method {algorithm} is invalid"
    return "token is malformed"
