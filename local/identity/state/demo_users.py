"""The demo users: `ada@example.com`, an admin, and `grace@example.com`."""

from __future__ import annotations

from dataclasses import replace

from local.identity.config import IdentityConfig
from local.identity.passwords import hash_password
from local.identity.state.users import Users
from local.kit.clock import Clock
from local.kit.store import Document, Store

DEMO_PASSWORD = "latchkey"  # noqa: S105 - printed for everyone who starts the local cloud


def seed_users(store: Store, config: IdentityConfig, clock: Clock) -> None:
    """Add the demo users to a store that never had them: a deleted one stays deleted."""
    seeded = store.collection("identity_seed")
    if seeded.get("demo"):
        return
    users = Users(store, clock)
    for email, full_name, app_metadata in (
        ("ada@example.com", "Ada Lovelace", {"roles": ["admin"]}),
        ("grace@example.com", "Grace Hopper", {}),
    ):
        if users.with_email(email, config.audience) is None:
            _add(users, email, full_name, app_metadata, config.audience)
    seeded.put("demo", {"at": clock.timestamp()})


def _add(users: Users, email: str, full_name: str, app_metadata: Document, audience: str) -> None:
    user = users.new(
        email,
        audience,
        password_hash=hash_password(DEMO_PASSWORD),
        user_metadata={"full_name": full_name},
    )
    changed = replace(
        user, confirmed_at=user.created_at, app_metadata=user.app_metadata | app_metadata
    )
    users.save(changed)
