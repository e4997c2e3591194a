"""One site's Identity: its settings and all of its state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from starlette.requests import Request

from local.clock import Clock
from local.identity.audit import AuditLog
from local.identity.config import IdentityConfig
from local.identity.mailer import Mailer
from local.identity.rate_limit import RateLimit
from local.identity.refresh_tokens import RefreshTokens
from local.identity.users import Users
from local.outbox import Outbox
from local.store import Store


@dataclass(frozen=True)
class Instance:
    """What an endpoint works with."""

    config: IdentityConfig
    clock: Clock
    users: Users
    refresh_tokens: RefreshTokens
    audit: AuditLog
    mailer: Mailer
    password_grants: RateLimit

    @classmethod
    def opened(cls, config: IdentityConfig, store: Store, outbox: Outbox, clock: Clock) -> Instance:
        """The instance whose state is in `store`."""
        return cls(
            config=config,
            clock=clock,
            users=Users(store, clock),
            refresh_tokens=RefreshTokens(store, clock),
            audit=AuditLog(store, clock),
            mailer=Mailer(config, outbox),
            password_grants=RateLimit(clock, burst=30, refill_seconds=300),
        )


def instance_of(request: Request) -> Instance:
    """The instance that `create_app` put behind this request's application."""
    return cast("Instance", request.app.state.instance)
