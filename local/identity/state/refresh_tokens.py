"""Refresh tokens: opaque, for one use each (GoTrue `models/refresh_token.go`)."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from local.kit.clock import Clock, rfc3339
from local.kit.store import Store


@dataclass(frozen=True)
class RefreshToken:
    token: str
    user_id: str
    created_at: str
    revoked: bool = False

    @property
    def id(self) -> str:
        """Return a name for it that gives nothing away."""
        return hashlib.sha256(self.token.encode()).hexdigest()[:16]


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

    def with_id(self, token_id: str) -> RefreshToken | None:
        """Return the token that is named so; None where there is none."""
        return next((token for token in self._where() if token.id == token_id), None)

    def unused_of(self, user_id: str) -> list[RefreshToken]:
        """Return the tokens with which a user can go on, newest first."""
        return [token for token in self._where(user_id=user_id) if not token.revoked][::-1]

    def revoke(self, token: RefreshToken) -> None:
        self._documents.put(token.token, asdict(replace(token, revoked=True)))

    def make_older(self, token: RefreshToken, seconds: int) -> None:
        """Let a token have been granted so much earlier."""
        granted = datetime.fromisoformat(token.created_at) - timedelta(seconds=seconds)
        older = replace(token, created_at=rfc3339(granted.timestamp()))
        self._documents.put(token.token, asdict(older))

    def swap(self, used: RefreshToken) -> RefreshToken:
        """Revoke `used` and grant its successor."""
        self.revoke(used)
        return self.grant(used.user_id)

    def delete_all(self, user_id: str) -> None:
        for document in self._documents.find(user_id=user_id):
            self._documents.delete(document["token"])

    def _where(self, **fields: str) -> Iterator[RefreshToken]:
        return (RefreshToken(**document) for document in self._documents.find(**fields))


def secure_token() -> str:
    """Return 128 random bits in URL-safe Base64 without padding (GoTrue `crypto/crypto.go`)."""
    return secrets.token_urlsafe(16)
