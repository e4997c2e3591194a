"""What a call asks of a session: how long it lasts, and claims of the application's own."""

from __future__ import annotations

import json
from dataclasses import dataclass

from local.store import Document
from local.stytch.errors import ErrorType, StytchError
from local.stytch.fields import Fields

_REGISTERED_CLAIMS = {"aud", "exp", "iat", "iss", "jti", "nbf", "sub"}  # RFC 7519, 4.1


@dataclass(frozen=True)
class SessionTerms:
    """`minutes` is None where the call leaves the session's end as it is."""

    minutes: int | None
    custom_claims: Document


def read_session_terms(fields: Fields, max_minutes: int) -> SessionTerms:
    """Raises for a duration outside Stytch's or the project's limits, and for forbidden claims."""
    minutes = fields.optional_integer("session_duration_minutes")
    custom_claims = fields.mapping("session_custom_claims") or {}
    _check_duration(minutes, max_minutes)
    _check_claims(custom_claims)
    return SessionTerms(minutes, custom_claims)


def _check_duration(minutes: int | None, max_minutes: int) -> None:
    if minutes is None:
        return
    if not 5 <= minutes <= 527040:
        raise StytchError(ErrorType.INVALID_SESSION_DURATION_MINUTES)
    if minutes > max_minutes:
        raise StytchError(ErrorType.INVALID_SESSION_DURATION)


def _check_claims(claims: Document) -> None:
    if not _REGISTERED_CLAIMS.isdisjoint(claims):
        raise StytchError(ErrorType.RESERVED_CLAIMS_IN_CUSTOM_CLAIMS)
    if any(name.startswith("https://stytch.com/") for name in claims):
        raise StytchError(ErrorType.STYTCH_CLAIMS_IN_CUSTOM_CLAIMS)
    if len(json.dumps(claims).encode()) > 4096:
        raise StytchError(ErrorType.CUSTOM_CLAIMS_TOO_LARGE)
