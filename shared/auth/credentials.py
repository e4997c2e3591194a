"""What a call sends to show who is calling, what its form tells, and what comes of it.

The form of a token only chooses who verifies it, and proves nothing. The text of what
holds a token does not show it, so that none gets into a log.
"""

import base64
import json
import re
from datetime import datetime
from functools import cached_property
from typing import Literal, NamedTuple

from shared.auth.client_context import NetlifyContext
from shared.auth.principal import Principal, Provider
from shared.errors import Unauthenticated

OPAQUE_TOKEN = re.compile(r"[A-Za-z0-9_=-]{20,128}")
# A token that this process has verified is not verified again: its signature stays good, and its
# times are looked at in every request.
TOKENS_KEPT = 128
_LONGEST_JWT = 8192  # characters; Stytch's are near 1,400, Identity's below 2,000
TokenKind = Literal["session_token", "session_jwt"]
_SIGNED_BY: dict[str, Provider] = {"HS256": "netlify", "RS256": "stytch"}


class JwtHeader(NamedTuple):
    """What a JWT says, unverified, of its own signature (RFC 7515, section 4)."""

    algorithm: str
    key_id: str | None


class Credentials:
    """What a call sent to show who is calling; a browser may send several cookies of one name."""

    def __init__(
        self,
        netlify: NetlifyContext | None = None,
        bearer: str | None = None,
        cookie_jwts: tuple[str, ...] = (),
        cookie_tokens: tuple[str, ...] = (),
    ) -> None:
        self.netlify = netlify
        self.bearer = bearer
        self.cookie_jwts = cookie_jwts
        self.cookie_tokens = cookie_tokens

    @property
    def provider(self) -> Provider:
        """Whose credential decides who is calling.

        Raises Unauthenticated where there is none, or for a bearer that can be nobody's token, so
        that no provider is asked about it.
        """
        if self.netlify and self.netlify.user is not None:
            return "netlify"
        if self.bearer is None:
            if self.has_cookies:
                return "stytch"
            raise Unauthenticated("no_credentials", "Please sign in.")
        if self.bearer_header is None:
            return "stytch"
        provider = _SIGNED_BY.get(self.bearer_header.algorithm)
        if provider is None:
            raise Unauthenticated("token_invalid", "The token cannot be accepted.")
        return provider

    @cached_property
    def bearer_header(self) -> JwtHeader | None:
        """The header of the bearer; None where it is an opaque token. Raises Unauthenticated."""
        token = self.bearer or ""
        if "." in token:
            return read_header(token)
        if not OPAQUE_TOKEN.fullmatch(token):
            raise not_a_token()
        return None

    @property
    def only_cookies(self) -> bool:
        """Whether only cookies were sent, so that another site may have caused the call (CSRF)."""
        has_user = self.netlify is not None and self.netlify.user is not None
        return not has_user and self.bearer is None and self.has_cookies

    @property
    def has_cookies(self) -> bool:
        return bool(self.cookie_jwts or self.cookie_tokens)


class SessionToken(NamedTuple):
    """One of the two tokens of a Stytch session; `kind` is its name in Stytch's API."""

    kind: TokenKind
    value: str

    def __repr__(self) -> str:
        return f"SessionToken({self.kind!r}, …)"


class Session(NamedTuple):
    """A session that Stytch has just confirmed, with the tokens that stand for it from now on."""

    principal: Principal
    session_token: str
    session_jwt: str
    expires_at: datetime

    def __repr__(self) -> str:
        return f"Session({self.principal!r}, …)"


class SignedIn(NamedTuple):
    """Who is calling and, when Stytch was asked, the session as it is from now on."""

    principal: Principal
    session: Session | None = None


def not_a_token() -> Unauthenticated:
    """The refusal of what can be nobody's token."""
    return Unauthenticated("token_malformed", "This is not a token of ours.")


def read_header(token: str) -> JwtHeader:
    """The header of a JWT; raises Unauthenticated for what is none."""
    segment = token.partition(".")[0] if len(token) <= _LONGEST_JWT else ""
    try:
        header = json.loads(base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4)))
        algorithm, key_id = str(header.get("alg")), header.get("kid")
    except (ValueError, AttributeError, RecursionError):
        raise not_a_token() from None
    return JwtHeader(algorithm, key_id if isinstance(key_id, str) else None)
