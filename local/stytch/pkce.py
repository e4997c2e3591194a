"""Proof Key for Code Exchange (RFC 7636, S256 only), as Stytch uses it for magic links."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re

from local.stytch.errors import ErrorType, StytchError


def check_challenge(code_challenge: str | None) -> None:
    """Raise `invalid_pkce_code_challenge` unless it can be a SHA-256 hash (RFC 7636, 4.2)."""
    if code_challenge is not None and not re.fullmatch(r"[A-Za-z0-9_-]{43}", code_challenge):
        raise StytchError(ErrorType.INVALID_PKCE_CODE_CHALLENGE)


def check_verifier(code_challenge: str | None, code_verifier: str | None) -> None:
    """Raise unless the flow's start and end both used PKCE and belong together, or neither did."""
    if code_challenge is None and code_verifier is None:
        return
    if code_challenge is None:
        raise StytchError(ErrorType.PKCE_DID_NOT_EXPECT_CODE_VERIFIER)
    if code_verifier is None:
        raise StytchError(ErrorType.PKCE_EXPECTED_CODE_VERIFIER)
    if not re.fullmatch(r"[A-Za-z0-9._~-]{43,128}", code_verifier):  # RFC 7636, 4.1
        raise StytchError(ErrorType.INVALID_PKCE_CODE_VERIFIER)
    if not hmac.compare_digest(_s256(code_verifier), code_challenge):
        raise StytchError(ErrorType.PKCE_MISMATCH)


def _s256(code_verifier: str) -> str:
    digest = hashlib.sha256(code_verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
