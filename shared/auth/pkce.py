"""Proof key for code exchange: a magic link works only in the browser that asked (RFC 7636)."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets

_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")  # section 4.1


def code_verifier(kept: str | None) -> str:
    """The verifier that the browser kept, so that its earlier links still work, or a new one."""
    if kept is not None and _VERIFIER.fullmatch(kept):
        return kept
    return secrets.token_urlsafe(48)


def code_challenge(verifier: str) -> str:
    """The S256 challenge of a verifier (section 4.2)."""
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
