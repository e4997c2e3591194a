"""The state of one site's Identity, as every endpoint finds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from starlette.requests import Request

from local.identity.config import IdentityConfig
from local.identity.hooks import Hooks
from local.identity.mail import Mailer
from local.identity.state.rate_limit import RateLimit
from local.identity.state.refresh_tokens import RefreshTokens
from local.identity.state.users import Users
from local.kit.clock import Clock
from local.kit.faults import Faults
from local.kit.outbox import Outbox
from local.kit.store import Store


@dataclass(frozen=True)
class State:
    """Holds the configuration of the instance and all that it remembers."""

    config: IdentityConfig
    clock: Clock
    faults: Faults
    users: Users
    refresh_tokens: RefreshTokens
    mailer: Mailer
    hooks: Hooks
    password_grants: RateLimit


def open_state(config: IdentityConfig, store: Store, outbox: Outbox, clock: Clock) -> State:
    """Open the state that is kept in `store`."""
    return State(
        config=config,
        clock=clock,
        faults=Faults(store.collection("identity_faults")),
        users=Users(store, clock),
        refresh_tokens=RefreshTokens(store, clock),
        mailer=Mailer(config, outbox),
        hooks=Hooks(config, store, clock),
        password_grants=RateLimit(clock, burst=30, refill_seconds=300),
    )


def state_of(request: Request) -> State:
    """Return the state that `create_app` has given to this request's application."""
    return cast("State", request.app.state.emulator)
