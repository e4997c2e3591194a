"""The audit log (GoTrue `models/audit_log_entry.go`)."""

from __future__ import annotations

import uuid
from typing import Any, Literal

from local.clock import Clock
from local.identity.timestamps import timestamp
from local.identity.users import User
from local.store import Document, Store

Action = Literal[
    "login",
    "logout",
    "user_signedup",
    "user_invited",
    "user_deleted",
    "user_modified",
    "user_recovery_requested",
    "token_revoked",
    "token_refreshed",
]

LOG_TYPES: dict[Action, str] = {
    "login": "account",
    "logout": "account",
    "user_signedup": "team",
    "user_invited": "team",
    "user_deleted": "team",
    "token_revoked": "token",
    "token_refreshed": "token",
    "user_modified": "user",
    "user_recovery_requested": "user",
}


class AuditLog:
    """Who did what, and when."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._entries = store.collection("identity_audit")
        self._clock = clock

    def record(self, actor: User, action: Action, *, upon: User | None = None) -> None:
        """Log that `actor` did `action`, to the account `upon` when it is another's."""
        now = timestamp(self._clock.now())
        payload: dict[str, Any] = {
            "timestamp": now,
            "actor_id": actor.id,
            "actor_email": actor.email,
            "action": action,
            "log_type": LOG_TYPES[action],
        }
        if "full_name" in actor.user_metadata:
            payload["actor_name"] = actor.user_metadata["full_name"]
        if upon:
            payload["traits"] = {"user_id": upon.id, "user_email": upon.email}
        id = str(uuid.uuid4())
        self._entries.put(id, {"id": id, "payload": payload, "created_at": now})

    def newest_first(self) -> list[Document]:
        return list(self._entries.find())[::-1]
