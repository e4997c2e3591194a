"""Who is calling?

`authenticate` answers from the first credential that is there, in this order:

1. the Netlify Identity user in the Lambda clientContext;
2. a bearer token: a Netlify Identity JWT (HS256), a Stytch session JWT (RS256), or an opaque Stytch
   session token. If it is bad, that is the answer: the cookies are not tried;
3. the cookies of a Stytch session.

`confirm` asks the provider itself during this request. Both raise Unauthenticated with a reason
code, or Unavailable when the provider does not answer; neither knows anything of HTTP.
"""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from shared.auth import netlify
from shared.auth.client_context import NetlifyContext
from shared.auth.principal import Principal
from shared.auth.stytch import session
from shared.auth.stytch.session import Session, SessionToken
from shared.auth.stytch.session_jwt import verify_session_jwt
from shared.errors import Unauthenticated

OPAQUE_TOKEN = re.compile(r"[A-Za-z0-9_=-]{20,128}")
_LONGEST_JWT = 8192  # characters; Stytch's are near 1,400, Identity's below 2,000


@dataclass(frozen=True)
class Credentials:
    """What a call sent to show who is calling; a browser may send several cookies of one name."""

    netlify: NetlifyContext | None = None
    bearer: str | None = field(default=None, repr=False)
    cookie_jwts: tuple[str, ...] = field(default=(), repr=False)
    cookie_tokens: tuple[str, ...] = field(default=(), repr=False)

    @property
    def only_cookies(self) -> bool:
        """Whether only cookies were sent, so that another site may have caused the call (CSRF)."""
        has_user = self.netlify is not None and self.netlify.user is not None
        return not has_user and self.bearer is None and self.has_cookies

    @property
    def has_cookies(self) -> bool:
        return bool(self.cookie_jwts or self.cookie_tokens)


class SignedIn(NamedTuple):
    """Who is calling and, when Stytch was asked, the session as it is from now on."""

    principal: Principal
    session: Session | None = None


def authenticate(credentials: Credentials) -> SignedIn:
    """Who is calling; no provider is asked unless the credential requires it."""
    if credentials.netlify and credentials.netlify.user is not None:
        return SignedIn(netlify.principal_of_user(credentials.netlify.user))
    if credentials.bearer is not None:
        return _by_bearer(credentials.bearer)
    if credentials.has_cookies:
        return _by_cookies(credentials.cookie_jwts, credentials.cookie_tokens)
    raise Unauthenticated("no_credentials", "Please sign in.")


def confirm(credentials: Credentials) -> SignedIn:
    """Like `authenticate`, but asks the provider (Stytch or Identity) during this request."""
    signed_in = authenticate(credentials)
    if signed_in.principal.confirmed:
        return signed_in
    if signed_in.principal.provider == "netlify":
        return SignedIn(_confirm_netlify(signed_in.principal, credentials))
    return _confirm_stytch(credentials)


def _by_bearer(bearer: str) -> SignedIn:
    if "." not in bearer:
        return _by_opaque_token(bearer)
    algorithm, key_id = read_header(bearer)
    if algorithm == "HS256":
        return SignedIn(netlify.verify_bearer(bearer))
    return _by_session_jwt(bearer, algorithm, key_id)


def _by_cookies(cookie_jwts: tuple[str, ...], cookie_tokens: tuple[str, ...]) -> SignedIn:
    """By the first good JWT; where there is none, Stytch is asked. Any good cookie is enough."""
    refusals: list[Unauthenticated] = []
    stale: list[str] = []
    for cookie_jwt in cookie_jwts:
        try:
            principal = _verify(cookie_jwt, *read_header(cookie_jwt))
        except Unauthenticated as refusal:
            refusals.append(refusal)
            continue
        if principal:
            return SignedIn(principal)
        stale.append(cookie_jwt)
    for ask, tokens in ((_by_opaque_token, cookie_tokens), (_by_stale_jwt, stale)):
        for token in tokens:
            try:
                return ask(token)
            except Unauthenticated as refusal:
                refusals.append(refusal)
    raise refusals[-1]


def _by_stale_jwt(token: str) -> SignedIn:
    return _by_stytch(SessionToken("session_jwt", token))


def _by_session_jwt(token: str, algorithm: str, key_id: str | None) -> SignedIn:
    """By the JWT itself, or by Stytch's answer where the JWT is stale."""
    principal = _verify(token, algorithm, key_id)
    return SignedIn(principal) if principal else _by_stale_jwt(token)


def _by_opaque_token(token: str) -> SignedIn:
    if not OPAQUE_TOKEN.fullmatch(token):  # Stytch is not asked about what cannot be a token
        raise Unauthenticated("token_malformed", "This is not a token of ours.")
    return _by_stytch(SessionToken("session_token", token))


def _by_stytch(token: SessionToken) -> SignedIn:
    checked = session.check(token)
    return SignedIn(checked.principal, checked)


def _verify(token: str, algorithm: str, key_id: str | None) -> Principal | None:
    if algorithm != "RS256":
        raise Unauthenticated("token_invalid", "The token cannot be accepted.")
    return verify_session_jwt(token, key_id)


def read_header(token: str) -> tuple[str, str | None]:
    """Algorithm and key id in a JWT's unverified header (RFC 7515, section 4).

    They only choose who verifies the token. Raises Unauthenticated for what is no JWT.
    """
    segment = token.partition(".")[0] if len(token) <= _LONGEST_JWT else ""
    try:
        header = json.loads(base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4)))
        algorithm, key_id = str(header.get("alg")), header.get("kid")
    except (ValueError, AttributeError, RecursionError):
        raise Unauthenticated("token_malformed", "This is not a token of ours.") from None
    return algorithm, key_id if isinstance(key_id, str) else None


def _confirm_netlify(principal: Principal, credentials: Credentials) -> Principal:
    if credentials.netlify and credentials.netlify.identity:
        return netlify.ask_by_id(credentials.netlify.identity, principal)
    if credentials.bearer:
        return netlify.ask_by_token(credentials.bearer)
    raise Unauthenticated("identity_unknown", "No Identity instance came with the user.")


def _confirm_stytch(credentials: Credentials) -> SignedIn:
    """Reached with a good session JWT only: Stytch has already been asked about anything else."""
    if credentials.bearer is not None:
        return _by_stale_jwt(credentials.bearer)
    if credentials.cookie_tokens:
        return _by_cookies((), credentials.cookie_tokens)
    return _by_stale_jwt(credentials.cookie_jwts[0])
