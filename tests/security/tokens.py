"""JWTs that nobody issued, or not so."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from typing import Any

Json = dict[str, Any]

DEPARTED_SECONDS = 3600


def hs256(claims: Json, secret: bytes, **header: str) -> str:
    """An HS256 JWT with any bytes as its secret, which PyJWT would refuse to make."""
    parts = [base64url(json.dumps(part)) for part in ({"alg": "HS256", **header}, claims)]
    digest = hmac.digest(secret, ".".join(parts).encode(), hashlib.sha256)
    return ".".join([*parts, base64url(digest)])


def unsigned(token: str, algorithm: str) -> str:
    """The token's claims under another algorithm, and without a signature."""
    header = {"alg": algorithm, "typ": "JWT"}
    return f"{base64url(json.dumps(header))}.{token.split('.')[1]}."


def forged(token: str) -> str:
    """The token with another signature of the right form."""
    content, _, signature = token.rpartition(".")
    first = "B" if signature.startswith("A") else "A"
    return f"{content}.{first}{signature[1:]}"


def past(seconds: int = DEPARTED_SECONDS) -> int:
    return int(time.time()) - seconds


def base64url(value: str | bytes) -> str:
    octets = value.encode() if isinstance(value, str) else value
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()
