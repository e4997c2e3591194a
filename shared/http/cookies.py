"""The cookies that we set: a Stytch session's two, and the one that ties a link to its browser."""

from __future__ import annotations

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response

from shared.auth.credentials import Session
from shared.settings.settings import settings

_VERIFIER_SECONDS = 3600  # as long as a login link is valid


def set_session(response: Response, session: Session) -> None:
    """Keep the session in the browser for as long as Stytch keeps it."""
    seconds = max(0, int((session.expires_at - datetime.now(UTC)).total_seconds()))
    _set(response, settings().cookie_name, session.session_token, seconds)
    _set(response, settings().jwt_cookie_name, session.session_jwt, seconds)


def clear_session(response: Response) -> None:
    """Make the browser drop both session cookies."""
    _set(response, settings().cookie_name, "", 0)
    _set(response, settings().jwt_cookie_name, "", 0)


def read_code_verifier(request: Request) -> str | None:
    """The PKCE verifier that this browser was given; an empty one counts as none."""
    return request.cookies.get(_verifier_name()) or None


def set_code_verifier(response: Response, verifier: str) -> None:
    """Keep the PKCE verifier in the browser for an hour."""
    _set(response, _verifier_name(), verifier, _VERIFIER_SECONDS)


def clear_code_verifier(response: Response) -> None:
    """Make the browser drop the PKCE verifier."""
    _set(response, _verifier_name(), "", 0)


def _set(response: Response, name: str, value: str, seconds: int) -> None:
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path="/",
        secure=settings().cookies_are_secure,
        httponly=_is_hidden(name),
        samesite="lax",
    )


def _is_hidden(name: str) -> bool:
    """Scripts see no cookie, but a session's where Stytch's front-end SDK renews it."""
    return name == _verifier_name() or not settings().session_in_script


def _verifier_name() -> str:
    return f"{settings().cookie_name}_pkce"
