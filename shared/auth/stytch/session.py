"""A Stytch session, as replies and session JWTs describe it, and the check that any function makes.

The check is one HTTPS request of our own: importing Stytch's SDK would cost a cold start several
times what the rest of it does. A contract test holds the two against each other.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import Any

from shared.auth.principal import ADMIN, Principal, display_name, fold_email, role_names
from shared.auth.upstream_http import request
from shared.errors import Unauthenticated, Unavailable
from shared.settings.settings import Settings

Json = Mapping[str, Any]


@dataclass(frozen=True)
class StytchSession:
    """A session that Stytch has just confirmed, with the tokens that stand for it from now on."""

    principal: Principal
    session_token: str
    session_jwt: str
    expires_at: datetime


def check_session(settings: Settings, **token: str) -> StytchSession:
    """Ask Stytch about one `session_token=` or `session_jwt=` (POST /v1/sessions/authenticate).

    Raises Unauthenticated when the session is over, unknown or revoked, and Unavailable when
    Stytch cannot say.
    """
    secret = f"{settings.stytch_project_id}:{settings.stytch_secret}"
    answer = request(
        "Stytch",
        "POST",
        f"{settings.stytch_base_url}/v1/sessions/authenticate",
        headers={"Authorization": "Basic " + base64.b64encode(secret.encode()).decode()},
        body=token,
    )
    if answer.status == 200:
        return read_session(answer.body, settings)
    match answer.body.get("error_type"):
        case None:  # not Stytch's own words: a proxy's, or a maintenance page's
            raise Unavailable("stytch_unavailable", "Stytch's answer cannot be used.")
        case "unauthorized_credentials":
            raise Unavailable("stytch_credentials", "Stytch refuses this site's credentials.", 60)
        case _:
            raise Unauthenticated("session_invalid", "The session is over; please sign in again.")


def read_session(reply: Json, settings: Settings) -> StytchSession:
    """The session in a reply of sessions or magic_links authenticate.

    Only the fields that we need are read, so that a product new to Stytch cannot break us; raises
    Unavailable when one of those is missing.
    """
    try:
        session, user = reply["session"], reply["user"]
        return StytchSession(
            principal=_principal(session, user, settings),
            session_token=str(reply["session_token"]),
            session_jwt=str(reply["session_jwt"]),
            expires_at=_utc(session["expires_at"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Unavailable("stytch_unavailable", "Stytch's answer cannot be used.") from None


def principal_of_claims(claims: Json, settings: Settings) -> Principal | None:
    """The principal of a verified session JWT; None when it names no e-mail, so Stytch must."""
    session = claims["https://stytch.com/session"]
    email = next(_factor_emails(session), None)
    if email is None:
        return None
    return Principal(
        id=f"stytch:{claims['sub']}",
        provider="stytch",
        email=email,
        name=display_name(claims.get("name"), email),
        roles=_roles(email, settings, session.get("roles")),
    )


def _principal(session: Json, user: Json, settings: Settings) -> Principal:
    email = next(chain(_factor_emails(session), _verified_emails(user)), None)
    if email is None:
        raise ValueError("a session without a verified address")
    metadata = user.get("trusted_metadata") or {}
    return Principal(
        id=f"stytch:{session['user_id']}",
        provider="stytch",
        email=email,
        name=display_name(full_name(user), email),
        roles=_roles(
            email, settings, session.get("roles"), user.get("roles"), metadata.get("roles")
        ),
        confirmed=True,
    )


def full_name(user: Json) -> str:
    """First and last name as one, or nothing."""
    name = user.get("name") or {}
    return " ".join(part for part in (name.get("first_name"), name.get("last_name")) if part)


def _factor_emails(session: Json) -> Iterator[str]:
    """Addresses that were proven to sign in to this session."""
    for factor in session.get("authentication_factors") or ():
        address = (factor.get("email_factor") or {}).get("email_address")
        if address:
            yield fold_email(str(address))


def _verified_emails(user: Json) -> Iterator[str]:
    for entry in user.get("emails") or ():
        if entry.get("verified"):
            yield fold_email(str(entry["email"]))


def _roles(email: str, settings: Settings, *sources: object) -> tuple[str, ...]:
    named = {role for source in sources for role in role_names(source)}
    if email in settings.admin_emails:
        named.add(ADMIN)
    return tuple(sorted(named))


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
