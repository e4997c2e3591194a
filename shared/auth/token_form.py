"""The forms of tokens. They only choose who verifies a token, and prove nothing."""

from __future__ import annotations

import base64
import json
import re

from shared.auth.principal import Provider
from shared.errors import Unauthenticated

OPAQUE_TOKEN = re.compile(r"[A-Za-z0-9_=-]{20,128}")
_LONGEST_JWT = 8192  # characters; Stytch's are near 1,400, Identity's below 2,000
_SIGNED_BY: dict[str, Provider] = {"HS256": "netlify", "RS256": "stytch"}


def provider_of(token: str) -> Provider:
    """Whose token this could be: a JWT of Identity (HS256) or Stytch (RS256), or Stytch's opaque.

    Raises Unauthenticated for what is none of them, so that no provider is asked about it.
    """
    if "." not in token:
        if not OPAQUE_TOKEN.fullmatch(token):
            raise Unauthenticated("token_malformed", "This is not a token of ours.")
        return "stytch"
    provider = _SIGNED_BY.get(read_header(token)[0])
    if provider is None:
        raise Unauthenticated("token_invalid", "The token cannot be accepted.")
    return provider


def read_header(token: str) -> tuple[str, str | None]:
    """Algorithm and key id in a JWT's unverified header (RFC 7515, section 4).

    Raises Unauthenticated for what is no JWT.
    """
    segment = token.partition(".")[0] if len(token) <= _LONGEST_JWT else ""
    try:
        header = json.loads(base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4)))
        algorithm, key_id = str(header.get("alg")), header.get("kid")
    except (ValueError, AttributeError, RecursionError):
        raise Unauthenticated("token_malformed", "This is not a token of ours.") from None
    return algorithm, key_id if isinstance(key_id, str) else None
