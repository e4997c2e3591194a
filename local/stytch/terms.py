"""What a call asks of the link that it sends, or of the session that it starts or extends."""

from __future__ import annotations

import json
from dataclasses import dataclass

from local.kit.store import Document
from local.stytch import pkce
from local.stytch.arguments import Arguments
from local.stytch.config import LinkKind, StytchConfig
from local.stytch.errors import ErrorType, StytchError
from local.stytch.redirect_urls import choose_redirect

# Send magic link, `login_expiration_minutes` and the two others.
_DEFAULT_LINK_MINUTES: dict[LinkKind, int] = {"login": 60, "signup": 7 * 24 * 60, "invite": 60}
_REGISTERED_CLAIMS = {"aud", "exp", "iat", "iss", "jti", "nbf", "sub"}  # RFC 7519, 4.1
_REQUIRED_ATTRIBUTES = {
    "ip_match_required": "ip_address",
    "user_agent_match_required": "user_agent",
}


@dataclass(frozen=True)
class LinkTerms:
    """Says of which kind a link is, where it leads and for how long."""

    kind: LinkKind
    redirect_url: str
    minutes: int
    code_challenge: str | None
    attributes: Document | None


@dataclass(frozen=True)
class SessionTerms:
    """Says how long a session lasts; `minutes` is None where the call leaves its end as it is."""

    minutes: int | None
    custom_claims: Document


def read_link_terms(kind: LinkKind, arguments: Arguments, config: StytchConfig) -> LinkTerms:
    """Read the terms of a link; raises for a bad URL, expiration or code challenge."""
    minutes = arguments.optional_integer(f"{kind}_expiration_minutes")
    if minutes is not None and not 5 <= minutes <= 10080:
        raise StytchError(ErrorType.INVALID_EXPIRATION)
    requested_url = arguments.optional_text(f"{kind}_magic_link_url")
    code_challenge = arguments.optional_text("code_challenge")
    pkce.check_challenge(code_challenge)
    return LinkTerms(
        kind=kind,
        redirect_url=choose_redirect(kind, requested_url, config.redirect_urls_for(kind)),
        minutes=_DEFAULT_LINK_MINUTES[kind] if minutes is None else minutes,
        code_challenge=code_challenge,
        attributes=read_attributes(arguments),
    )


def read_session_terms(arguments: Arguments, max_minutes: int) -> SessionTerms:
    """Read the terms of a session; raises for a duration outside the limits, and bad claims."""
    minutes = arguments.optional_integer("session_duration_minutes")
    custom_claims = arguments.mapping("session_custom_claims") or {}
    _check_duration(minutes, max_minutes)
    _check_claims(custom_claims)
    return SessionTerms(minutes, custom_claims)


def read_attributes(arguments: Arguments) -> Document | None:
    """Read `attributes`, what is known of the end user's device; parts not sent are empty."""
    sent = arguments.nested("attributes")
    return (
        None if sent is None else {name: sent.text(name) for name in ("ip_address", "user_agent")}
    )


def check_attributes(stored: Document | None, arguments: Arguments) -> None:
    """Raise `attribute_mismatch` where `options` want an attribute to match and it does not."""
    options, sent = arguments.nested("options"), read_attributes(arguments)
    for option, attribute in _REQUIRED_ATTRIBUTES.items():
        required = options is not None and options.flag(option)
        if required and (stored or {}).get(attribute) != (sent or {}).get(attribute):
            raise StytchError(ErrorType.ATTRIBUTE_MISMATCH)


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
