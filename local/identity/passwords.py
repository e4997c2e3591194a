"""Passwords, kept only as salted scrypt hashes (RFC 7914)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

# A few milliseconds each: this guards a developer's machine, and shares its event loop.
COST, BLOCK_SIZE, PARALLELISM = 2**12, 8, 1


def hash_password(password: str) -> str:
    """Return `salt$hash`, both Base64; never the same twice."""
    salt = secrets.token_bytes(16)
    return f"{_text(salt)}${_text(_scrypt(password, salt))}"


def password_matches(password: str, hashed: str) -> bool:
    """Compare in constant time; an account without a password (`""`) matches nothing."""
    if not hashed:
        return False
    salt, expected = (base64.b64decode(part) for part in hashed.split("$"))
    return hmac.compare_digest(_scrypt(password, salt), expected)


def _scrypt(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=COST, r=BLOCK_SIZE, p=PARALLELISM)


def _text(octets: bytes) -> str:
    return base64.b64encode(octets).decode()
