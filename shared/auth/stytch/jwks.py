"""The Stytch project's public keys, kept for the life of the process.

Keys come from the setting `STYTCH_JWKS` when it is set, so that a cold start asks nobody. An
unknown `kid` causes a fetch, at most one every 30 seconds, however many forged tokens arrive; while
Stytch is down, the keys that we have stay good.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import jwt

from shared.auth.upstream_http import request
from shared.errors import Unavailable
from shared.settings.settings import Settings

FRESH_SECONDS = 3600.0
FETCH_INTERVAL_SECONDS = 30.0


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
        """The key named `kid`, or None; raises Unavailable when no key could ever be fetched."""
        known = self._keys.get(kid)
        stale = self._clock() - self._fetched_at > FRESH_SECONDS
        if (known is None or stale) and self._may_fetch():
            self._refresh()
        return self._keys.get(kid)

    def _may_fetch(self) -> bool:
        return self._clock() - self._tried_at >= FETCH_INTERVAL_SECONDS

    def _refresh(self) -> None:
        self._tried_at = self._clock()
        try:
            keys = _parse(self._fetch())
        except Unavailable:
            if not self._keys:
                self._tried_at = float("-inf")  # with nothing to fall back on, ask each time
                raise
            return
        self._keys, self._fetched_at = keys, self._clock()


def fetch_from_stytch(settings: Settings) -> dict[str, Any]:
    """`GET /v1/sessions/jwks/{project_id}`; it takes no credentials."""
    path = f"/v1/sessions/jwks/{settings.stytch_project_id}"
    answer = request("Stytch", "GET", settings.stytch_base_url + path, headers={})
    if answer.status != 200:
        raise Unavailable("stytch_unavailable", "Stytch does not tell the project's keys.")
    return answer.body


def _parse(key_set: dict[str, Any]) -> dict[str, jwt.PyJWK]:
    """RSA signature keys by kid; a key that we cannot use is not ours to fail on."""
    keys: dict[str, jwt.PyJWK] = {}
    entries = key_set.get("keys")
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, dict) and entry.get("kty") == "RSA" and entry.get("kid"):
            try:
                keys[str(entry["kid"])] = jwt.PyJWK(entry, algorithm="RS256")
            except jwt.PyJWTError:
                continue
    return keys
