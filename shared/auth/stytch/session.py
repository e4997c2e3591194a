"""A Stytch session, and the check of it that any function may have to make.

The check is one HTTPS request of our own: importing Stytch's SDK would cost a cold start several
times what the rest of it does. A contract test compares the two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import chain
from typing import Any

from shared.auth.credentials import Session, SessionToken
from shared.auth.principal import Principal, make_principal
from shared.auth.stytch import api
from shared.errors import StytchUnavailable

Json = Mapping[str, Any]

SESSION_CLAIM = "https://stytch.com/session"


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
        metadata = user.get("trusted_metadata") or {}
        principal = _principal(
            session["user_id"],
            chain(_factor_emails(session), _verified_emails(user)),
            full_name(user),
            (session.get("roles"), user.get("roles"), metadata.get("roles")),
            confirmed=True,
        )
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


def principal_of_claims(claims: Json) -> Principal | None:
    """The principal of a verified session JWT; None when it names no address: Stytch knows it."""
    session = claims[SESSION_CLAIM]
    emails, roles = _factor_emails(session), (session.get("roles"),)
    principal = _principal(claims["sub"], emails, claims.get("name"), roles, confirmed=False)
    return principal and principal._replace(session_id=session.get("id"))


def full_name(user: Json) -> str:
    """First and last name as one text; empty where there is none."""
    name = user.get("name") or {}
    return " ".join(part for part in (name.get("first_name"), name.get("last_name")) if part)


def _principal(
    user_id: str,
    emails: Iterator[str],
    name: object,
    role_lists: tuple[object, ...],
    *,
    confirmed: bool,
) -> Principal | None:
    """The principal with the first of these verified addresses; None where there is none."""
    email = next(emails, None)
    if email is None:
        return None
    return make_principal("stytch", user_id, email, name, role_lists, confirmed=confirmed)


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
