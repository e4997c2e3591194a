"""What a call sends to show who is calling, and what comes of it.

What holds a token has no repr, so that none gets into a log.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from shared.auth.client_context import NetlifyContext
from shared.auth.principal import Principal


@dataclass(frozen=True, repr=False, eq=False)
class Credentials:
    """What a call sent to show who is calling; a browser may send several cookies of one name."""

    netlify: NetlifyContext | None = None
    bearer: str | None = None
    cookie_jwts: tuple[str, ...] = ()
    cookie_tokens: tuple[str, ...] = ()

    @property
    def only_cookies(self) -> bool:
        """Whether only cookies were sent, so that another site may have caused the call (CSRF)."""
        has_user = self.netlify is not None and self.netlify.user is not None
        return not has_user and self.bearer is None and self.has_cookies

    @property
    def has_cookies(self) -> bool:
        return bool(self.cookie_jwts or self.cookie_tokens)


@dataclass(frozen=True, repr=False, eq=False)
class SessionToken:
    """One of the two tokens of a Stytch session; `kind` is its name in Stytch's API."""

    kind: Literal["session_token", "session_jwt"]
    value: str


@dataclass(frozen=True, repr=False, eq=False)
class Session:
    """A session that Stytch has just confirmed, with the tokens that stand for it from now on."""

    principal: Principal
    session_token: str
    session_jwt: str
    expires_at: datetime


class SignedIn(NamedTuple):
    """Who is calling and, when Stytch was asked, the session as it is from now on."""

    principal: Principal
    session: Session | None = None
