"""Refresh tokens: opaque, for one use each (GoTrue `models/refresh_token.go`)."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, replace

from local.kit.clock import Clock
from local.kit.store import Store


@dataclass(frozen=True)
class RefreshToken:
    token: str
    user_id: str
    created_at: str
    revoked: bool = False


class RefreshTokens:
    """Holds every token, the used ones too, until its user logs out."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._documents = store.collection("identity_refresh_tokens")
        self._clock = clock

    def grant(self, user_id: str) -> RefreshToken:
        granted = RefreshToken(secure_token(), user_id, self._clock.timestamp())
        self._documents.put(granted.token, asdict(granted))
        return granted

    def find(self, token: str) -> RefreshToken | None:
        document = self._documents.get(token)
        return RefreshToken(**document) if document else None

    def swap(self, used: RefreshToken) -> RefreshToken:
        """Revoke `used` and grant its successor."""
        self._documents.put(used.token, asdict(replace(used, revoked=True)))
        return self.grant(used.user_id)

    def delete_all(self, user_id: str) -> None:
        for document in self._documents.find(user_id=user_id):
            self._documents.delete(document["token"])


def secure_token() -> str:
    """Return 128 random bits in URL-safe Base64 without padding (GoTrue `crypto/crypto.go`)."""
    return secrets.token_urlsafe(16)
