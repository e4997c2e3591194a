"""SHA-256."""

from __future__ import annotations

import hashlib


def sha256(text: str) -> str:
    """The SHA-256 of the text, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()
