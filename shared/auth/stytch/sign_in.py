"""Who is calling, by a Stytch session: a bearer of either kind, or cookies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from shared.auth.credentials import Credentials, SessionToken, SignedIn
from shared.auth.principal import Principal
from shared.auth.stytch import session
from shared.auth.stytch.session_jwt import verify_session_jwt
from shared.auth.token_form import OPAQUE_TOKEN, read_header
from shared.errors import Unauthenticated


def authenticate(credentials: Credentials) -> SignedIn:
    """By the bearer or, where there is none, by the cookies; Stytch is asked where it has to be."""
    if credentials.bearer is None:
        return _by_cookies(credentials.cookie_jwts, credentials.cookie_tokens)
    if "." in credentials.bearer:
        return _by_session_jwt(credentials.bearer)
    return _by_opaque_token(credentials.bearer)


def confirm(_principal: Principal, credentials: Credentials) -> SignedIn:
    """Ask Stytch. There is a good session JWT: about anything else it has already been asked."""
    if credentials.bearer is not None:
        return _by_stale_jwt(credentials.bearer)
    genuine, refusals = _verify_each(credentials.cookie_jwts)
    return _by_asking(credentials.cookie_tokens, genuine, refusals)


def _by_cookies(cookie_jwts: Sequence[str], cookie_tokens: Sequence[str]) -> SignedIn:
    """By the first good JWT; where there is none, Stytch is asked. Any good cookie is enough."""
    genuine, refusals = _verify_each(cookie_jwts)
    principal = next(filter(None, genuine.values()), None)
    return SignedIn(principal) if principal else _by_asking(cookie_tokens, genuine, refusals)


def _verify_each(
    cookie_jwts: Sequence[str],
) -> tuple[dict[str, Principal | None], list[Unauthenticated]]:
    """The genuine ones, each with its principal (None when it is stale), and the refusals."""
    genuine: dict[str, Principal | None] = {}
    refusals: list[Unauthenticated] = []
    for token in cookie_jwts:
        try:
            genuine[token] = _verify(token)
        except Unauthenticated as refusal:
            refusals.append(refusal)
    return genuine, refusals


def _by_asking(
    tokens: Iterable[str], jwts: Iterable[str], refusals: list[Unauthenticated]
) -> SignedIn:
    """By the first of them whose session goes on, as Stytch says; else raises the last refusal."""
    for ask, sent in ((_by_opaque_token, tokens), (_by_stale_jwt, jwts)):
        for token in sent:
            try:
                return ask(token)
            except Unauthenticated as refusal:
                refusals.append(refusal)
    raise refusals[-1]


def _by_session_jwt(token: str) -> SignedIn:
    """By the JWT itself, or by Stytch's answer where the JWT is stale."""
    principal = _verify(token)
    return SignedIn(principal) if principal else _by_stale_jwt(token)


def _by_stale_jwt(token: str) -> SignedIn:
    return _by_stytch(SessionToken("session_jwt", token))


def _by_opaque_token(token: str) -> SignedIn:
    if not OPAQUE_TOKEN.fullmatch(token):  # Stytch is not asked about what cannot be a token
        raise Unauthenticated("token_malformed", "This is not a token of ours.")
    return _by_stytch(SessionToken("session_token", token))


def _by_stytch(token: SessionToken) -> SignedIn:
    checked = session.check(token)
    return SignedIn(checked.principal, checked)


def _verify(token: str) -> Principal | None:
    algorithm, key_id = read_header(token)
    if algorithm != "RS256":
        raise Unauthenticated("token_invalid", "The token cannot be accepted.")
    return verify_session_jwt(token, key_id)
