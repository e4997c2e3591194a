"""The cookies: a Stytch session's two, and the short one that ties a magic link to its browser."""

from __future__ import annotations

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response

from shared.auth.stytch.session import StytchSession
from shared.settings.settings import Settings

_VERIFIER_SECONDS = 3600  # as long as a login link lives


def session_cookies(request: Request, settings: Settings) -> tuple[str | None, str | None]:
    """The session JWT and the opaque token that the browser sent; an empty one counts as none."""
    token = request.cookies.get(settings.cookie_name)
    session_jwt = request.cookies.get(_jwt_name(settings))
    return session_jwt or None, token or None


def set_session(response: Response, session: StytchSession, settings: Settings) -> None:
    """Keep the session in the browser for as long as Stytch keeps it."""
    seconds = max(0, int((session.expires_at - datetime.now(UTC)).total_seconds()))
    _set(response, settings.cookie_name, session.session_token, seconds, settings)
    _set(response, _jwt_name(settings), session.session_jwt, seconds, settings)


def clear_session(response: Response, settings: Settings) -> None:
    _set(response, settings.cookie_name, "", 0, settings)
    _set(response, _jwt_name(settings), "", 0, settings)


def read_code_verifier(request: Request, settings: Settings) -> str | None:
    return request.cookies.get(_verifier_name(settings)) or None


def set_code_verifier(response: Response, verifier: str, settings: Settings) -> None:
    _set(response, _verifier_name(settings), verifier, _VERIFIER_SECONDS, settings)


def clear_code_verifier(response: Response, settings: Settings) -> None:
    _set(response, _verifier_name(settings), "", 0, settings)


def _set(response: Response, name: str, value: str, seconds: int, settings: Settings) -> None:
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path="/",
        secure=settings.cookies_are_secure,
        httponly=True,
        samesite="lax",
    )


def _jwt_name(settings: Settings) -> str:
    return f"{settings.cookie_name}_jwt"


def _verifier_name(settings: Settings) -> str:
    return f"{settings.cookie_name}_pkce"
