"""Ending the sessions that a call sent, of either provider."""

from __future__ import annotations

from shared.auth.credentials import OPAQUE_TOKEN, Credentials, SessionToken, read_header
from shared.errors import Unauthenticated
from shared.settings.settings import settings


def stytch_sessions(credentials: Credentials) -> list[SessionToken]:
    """The tokens of Stytch sessions that the call sent, unverified; other tokens are left out.

    On a site without Stytch there are none.
    """
    if not settings().has_stytch:
        return []
    sent = (credentials.bearer, *credentials.cookie_tokens, *credentials.cookie_jwts)
    return [token for text in sent if text and (token := _as_session_token(text))]


def end_identity_sessions(credentials: Credentials) -> bool:
    """End the sessions of the Identity user whose token the call sent, where the site has Identity.

    False where there is no such token, or Identity refuses it. Raises IdentityUnavailable.
    """
    bearer, context = credentials.bearer, credentials.netlify
    if not (settings().has_identity and bearer and _is_signed_with("HS256", bearer)):
        return False
    from shared.auth import netlify  # loaded when the function started

    known = context.identity.url if context and context.identity else None
    return netlify.sign_out(known or settings().netlify_identity_url, bearer)


def _as_session_token(text: str) -> SessionToken | None:
    if OPAQUE_TOKEN.fullmatch(text):
        return SessionToken("session_token", text)
    return SessionToken("session_jwt", text) if _is_signed_with("RS256", text) else None


def _is_signed_with(algorithm: str, token: str) -> bool:
    """Whether the token is a JWT that says so itself."""
    try:
        return read_header(token).algorithm == algorithm
    except Unauthenticated:
        return False
