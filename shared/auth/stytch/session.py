"""Who is calling, by a Stytch session: a bearer of either kind, or cookies.

Where Stytch has to be asked, that is one HTTPS request of our own: importing Stytch's SDK would
cost a cold start several times what the rest of it does. A contract test compares the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain, islice
from typing import Any

from shared.auth.credentials import (
    OPAQUE_TOKEN,
    Credentials,
    JwtHeader,
    Session,
    SessionToken,
    SignedIn,
    TokenKind,
    not_a_token,
    read_header,
)
from shared.auth.principal import Principal, make_principal
from shared.auth.stytch import api
from shared.auth.stytch.session_jwt import SESSION_CLAIM, verify_session_jwt
from shared.errors import StytchUnavailable, Unauthenticated

Json = Mapping[str, Any]

_MOST_ASKED = 5


def authenticate(credentials: Credentials) -> SignedIn:
    """By the bearer or, where there is none, by the cookies; Stytch is asked where it has to be."""
    if (token := credentials.bearer) is None:
        return _by_cookies(credentials.cookie_jwts, credentials.cookie_tokens)
    if (header := credentials.bearer_header) is None:
        return _by_stytch("session_token", token)
    principal = principal_of_jwt(token, header)
    return SignedIn(principal) if principal else _by_stytch("session_jwt", token)


def confirm(_principal: Principal, credentials: Credentials) -> SignedIn:
    """Ask Stytch. There is a good session JWT: about anything else it has already been asked."""
    if credentials.bearer is not None:
        return _by_stytch("session_jwt", credentials.bearer)
    genuine, refusals = _verify_each(credentials.cookie_jwts)
    return _by_asking(credentials.cookie_tokens, genuine, refusals)


def principal_of_jwt(token: str, header: JwtHeader) -> Principal | None:
    """The principal of a session JWT, verified here; None when Stytch has to be asked about it.

    Raises Unauthenticated.
    """
    claims = verify_session_jwt(token, header)
    try:
        return _principal_of_claims(claims) if claims else None
    except (AttributeError, TypeError, ValueError):
        raise Unauthenticated("token_invalid", "The token cannot be accepted.") from None


def check(token: SessionToken) -> Session:
    """Ask Stytch about a session (POST /v1/sessions/authenticate).

    Raises Unauthenticated only when Stytch says of this session, token or user that it is over,
    unknown or revoked; StytchUnavailable in every other case.
    """
    answer = api.call("POST", "/v1/sessions/authenticate", {token.kind: token.value})
    if answer.status != 200:
        raise api.refusal(answer)
    return read_session(answer.body)


def read_session(reply: Json) -> Session:
    """The session in a reply of sessions/authenticate or magic_links/authenticate.

    Reads the fields that we need and no others. Raises StytchUnavailable when one is missing.
    """
    try:
        session, user = reply["session"], reply["user"]
        emails = chain(_factor_emails(session), _verified_emails(user))
        metadata = user.get("trusted_metadata") or {}
        roles = (session.get("roles"), user.get("roles"), metadata.get("roles"))
        principal = _principal(session["user_id"], emails, full_name(user), roles, confirmed=True)
        if principal is None:
            raise StytchUnavailable
        return Session(
            principal=principal._replace(session_id=session.get("session_id")),
            session_token=str(reply["session_token"]),
            session_jwt=str(reply["session_jwt"]),
            expires_at=datetime.fromisoformat(session["expires_at"]).astimezone(UTC),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise StytchUnavailable from None


def full_name(user: Json) -> str:
    """First and last name as one text; empty where there is none."""
    name = user.get("name") or {}
    return " ".join(part for part in (name.get("first_name"), name.get("last_name")) if part)


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
            genuine[token] = principal_of_jwt(token, read_header(token))
        except Unauthenticated as refusal:
            refusals.append(refusal)
    return genuine, refusals


def _by_asking(
    tokens: Iterable[str], jwts: Iterable[str], refusals: list[Unauthenticated]
) -> SignedIn:
    """By the first of them whose session goes on, as Stytch says; else raises the last refusal.

    Stytch is asked about five of each kind: other sites of the same domain can set cookies, too.
    """
    possible = filter(OPAQUE_TOKEN.fullmatch, tokens)
    asked: list[tuple[TokenKind, str]] = []
    asked += (("session_token", token) for token in islice(possible, _MOST_ASKED))
    asked += (("session_jwt", token) for token in islice(jwts, _MOST_ASKED))
    for kind, token in asked:
        try:
            return _by_stytch(kind, token)
        except Unauthenticated as refusal:
            refusals.append(refusal)
    raise refusals[-1] if refusals else not_a_token()


def _by_stytch(kind: TokenKind, token: str) -> SignedIn:
    checked = check(SessionToken(kind, token))
    return SignedIn(checked.principal, checked)


def _principal_of_claims(claims: Json) -> Principal | None:
    """The principal of verified claims; None when they name no address: Stytch knows it."""
    session = claims[SESSION_CLAIM]
    emails, roles = _factor_emails(session), (session.get("roles"),)
    principal = _principal(claims["sub"], emails, claims.get("name"), roles, confirmed=False)
    return principal and principal._replace(session_id=session.get("id"))


def _principal(
    user_id: str, emails: Iterator[str], name: object, roles: tuple[object, ...], *, confirmed: bool
) -> Principal | None:
    """The principal with the first of these verified addresses; None where there is none."""
    email = next(emails, None)
    if email is None:
        return None
    return make_principal("stytch", user_id, email, name, roles, confirmed=confirmed)


def _factor_emails(session: Json) -> Iterator[str]:
    """Addresses that were proven to sign in to this session."""
    for factor in session.get("authentication_factors") or ():
        address = (factor.get("email_factor") or {}).get("email_address")
        if address:
            yield str(address)


def _verified_emails(user: Json) -> Iterator[str]:
    for entry in user.get("emails") or ():
        if entry.get("verified"):
            yield str(entry["email"])
