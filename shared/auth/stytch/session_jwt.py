"""Verifying a Stytch session JWT here, with the project's public keys (RFC 7517).

Source of the rules: RFC 8725 (JWT best current practices) and Stytch's session JWT claims. Keys
come from the setting `STYTCH_JWKS` where it is set, so that a cold start asks nobody. An unknown
`kid` causes a fetch, at most one in 30 seconds, however many forged tokens arrive. While Stytch is
down, the keys that we have stay valid. (PyJWT's PyJWKClient has no keys before its first fetch,
which is by `urllib`.)
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import jwt

from shared.auth.credentials import TOKENS_KEPT, JwtHeader
from shared.auth.upstream_http import CLOCK_LEEWAY_SECONDS, request
from shared.errors import StytchUnavailable, Unauthenticated
from shared.process import kept
from shared.settings.settings import settings

Claims = Mapping[str, Any]

SESSION_CLAIM = "https://stytch.com/session"
FRESH_SECONDS = 3600.0
FETCH_INTERVAL_SECONDS = 30.0
# Not so in a process that began on a site without Stytch: when a secret that is read again brings
# Stytch's credentials, the next processes have Stytch.
HAS_RSA: bool = jwt.algorithms.has_crypto


def verify_session_jwt(token: str, header: JwtHeader) -> Claims | None:
    """The claims of a session JWT, or None when Stytch has to be asked about it.

    That is so when it is genuine but expired or older than `STYTCH_JWT_MAX_AGE`, or when its key
    may be new. Raises Unauthenticated for anything else that is wrong with it. The session claim is
    required: without it, the token of a machine or of a connected app, which the same keys sign,
    would be accepted.
    """
    if header.algorithm != "RS256":
        raise Unauthenticated("token_invalid", "The token cannot be accepted.")
    try:
        claims = _verified(token, header.key_id)
    except KeyInDoubt:
        return None
    if not (isinstance(claims.get(SESSION_CLAIM), dict) and claims["sub"].startswith("user-")):
        raise Unauthenticated("not_a_session", "The token does not belong to a session.")
    try:
        return None if _is_stale(claims) else claims
    except (TypeError, ValueError):
        raise Unauthenticated("token_invalid", "The token cannot be accepted.") from None


def _is_stale(claims: Claims) -> bool:
    now, issued, expires = time.time(), float(claims["iat"]), float(claims["exp"])
    if not (math.isfinite(issued) and math.isfinite(expires)):  # Python's JSON has NaN and Infinity
        raise ValueError("the times are no numbers")
    age = max(0.0, now - issued)  # Stytch's clock may be ahead of ours
    return age >= settings().stytch_jwt_max_age_seconds or now >= expires


def _verified(token: str, key_id: str | None) -> Claims:
    key = key_set().find(key_id) if key_id is not None else None
    if key is None:
        raise Unauthenticated("unknown_key", "The token is signed with an unknown key.")
    try:
        return _verified_here()(token, key)
    except jwt.PyJWTError:
        raise Unauthenticated("token_invalid", "The token cannot be accepted.") from None


@kept
def _verified_here() -> Callable[[str, jwt.PyJWK], Claims]:
    """Decodes a token whose claims this process does not know yet, or that has another key now."""
    return lru_cache(TOKENS_KEPT)(_decode)


def _decode(token: str, key: jwt.PyJWK) -> Claims:
    return jwt.decode(
        token,
        key,
        algorithms=["RS256"],
        audience=settings().stytch_project_id,
        issuer=[f"stytch.com/{settings().stytch_project_id}", settings().stytch_base_url],
        leeway=CLOCK_LEEWAY_SECONDS,
        options={
            "require": ["aud", "exp", "iat", "iss", "nbf", "sub"],
            "verify_exp": False,  # an expired one may belong to a session that goes on
        },
    )


class KeyInDoubt(Exception):
    """A key is unknown, and it cannot be found out now whether the project has it."""


class KeySet:
    """Public keys by `kid`, fetched with `fetch` when they are needed."""

    def __init__(
        self,
        fetch: Callable[[], dict[str, Any]],
        initial: dict[str, Any] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._fetch = fetch
        self._clock = clock
        self._keys = _parse(initial) if initial else {}
        self._fetched_at = clock() if initial else float("-inf")
        self._tried_at = float("-inf")

    def find(self, kid: str) -> jwt.PyJWK | None:
        """The key named `kid`, or None where the project surely has no such key.

        Raises KeyInDoubt when it is unknown and may not be fetched at the moment, and
        StytchUnavailable when no key could ever be fetched.
        """
        is_known = kid in self._keys
        is_stale = self._clock() - self._fetched_at > FRESH_SECONDS
        was_fetched = (not is_known or is_stale) and self._may_fetch() and self._refresh()
        if kid not in self._keys and not was_fetched:
            raise KeyInDoubt
        return self._keys.get(kid)

    def _may_fetch(self) -> bool:
        return self._clock() - self._tried_at >= FETCH_INTERVAL_SECONDS

    def _refresh(self) -> bool:
        """Fetch the keys; False where the older ones stay."""
        self._tried_at = self._clock()
        try:
            keys = self._usable_keys()
        except StytchUnavailable:
            if not self._keys:
                self._tried_at = float("-inf")  # there are no older keys to use: ask each time
                raise
            return False
        self._keys, self._fetched_at = keys, self._clock()
        return True

    def _usable_keys(self) -> dict[str, jwt.PyJWK]:
        """What is fetched; a set without a usable key is a failed fetch."""
        keys = _parse(self._fetch())
        if not keys:
            raise StytchUnavailable
        return keys


@kept
def key_set() -> KeySet:
    """This process's keys, kept from one invocation to the next."""
    return KeySet(_fetch, settings().stytch_jwks)


def _fetch() -> dict[str, Any]:
    """`GET /v1/sessions/jwks/{project_id}`; it takes no credentials."""
    path = f"/v1/sessions/jwks/{settings().stytch_project_id}"
    answer = request(StytchUnavailable, "GET", settings().stytch_base_url + path, headers={})
    if answer.status != 200:
        raise StytchUnavailable
    return answer.body


def _parse(key_set: dict[str, Any]) -> dict[str, jwt.PyJWK]:
    """RSA signature keys by kid; keys that cannot be parsed are skipped."""
    keys: dict[str, jwt.PyJWK] = {}
    entries = key_set.get("keys")
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, dict) and entry.get("kty") == "RSA" and entry.get("kid"):
            try:
                keys[str(entry["kid"])] = jwt.PyJWK(entry, algorithm="RS256")
            except jwt.PyJWTError:
                continue
    return keys
