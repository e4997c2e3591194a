"""The demo users: `ada@example.com`, an admin, and `grace@example.com`, both with `latchkey`."""

from __future__ import annotations

from dataclasses import replace

from local.clock import Clock
from local.identity.config import IdentityConfig
from local.identity.passwords import hash_password
from local.identity.timestamps import timestamp
from local.identity.users import Metadata, Users
from local.store import Store

DEMO_PASSWORD = "latchkey"  # noqa: S105  printed in the banner for everyone to use


def seed_users(store: Store, config: IdentityConfig, clock: Clock) -> None:
    """Add the demo users to a store that never had them: a deleted one stays deleted."""
    seeded = store.collection("identity_seed")
    if seeded.get("demo"):
        return
    users = Users(store, clock)
    _add(users, config, clock, "ada@example.com", "Ada Lovelace", {"roles": ["admin"]})
    _add(users, config, clock, "grace@example.com", "Grace Hopper", {})
    seeded.put("demo", {"at": timestamp(clock.now())})


def _add(
    users: Users,
    config: IdentityConfig,
    clock: Clock,
    email: str,
    full_name: str,
    app_metadata: Metadata,
) -> None:
    if users.with_email(email, config.audience):
        return
    user = users.create(
        email,
        config.audience,
        password_hash=hash_password(DEMO_PASSWORD),
        user_metadata={"full_name": full_name},
    )
    users.save(
        replace(
            user,
            confirmed_at=timestamp(clock.now()),
            app_metadata=user.app_metadata | app_metadata,
        )
    )
