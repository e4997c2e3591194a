"""The state of one Stytch project, as every endpoint finds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from starlette.requests import Request

from local.kit.clock import Clock
from local.kit.faults import Faults
from local.kit.outbox import Outbox
from local.kit.store import Document, Store
from local.stytch.config import StytchConfig
from local.stytch.mail import Mailer
from local.stytch.state.magic_links import MagicLinks
from local.stytch.state.sessions import Sessions
from local.stytch.state.signing_keys import SigningKeys
from local.stytch.state.users import Users
from local.stytch.tokens import Tokens
from local.stytch.webhooks import Webhooks


@dataclass(frozen=True)
class State:
    """Holds the configuration of the project and all that it remembers."""

    config: StytchConfig
    clock: Clock
    faults: Faults
    users: Users
    links: MagicLinks
    mailer: Mailer
    keys: SigningKeys
    tokens: Tokens
    sessions: Sessions
    webhooks: Webhooks

    def delete_user(self, user: Document) -> None:
        """Delete the user with all sessions and links."""
        self.sessions.forget(user["user_id"])
        self.links.forget(user["user_id"])
        self.users.delete(user)

    def clear(self) -> None:
        """Forget users, links, sessions and faults, and return to the machine's time.

        The keys stay.
        """
        self.users.clear()
        self.links.clear()
        self.mailer.clear()
        self.sessions.clear()
        self.faults.clear()
        self.clock.reset()


def open_state(config: StytchConfig, store: Store, outbox: Outbox, clock: Clock) -> State:
    """Open the state that is kept in `store`."""
    keys = SigningKeys(store, clock)
    tokens = Tokens(keys, clock, config)
    return State(
        config=config,
        clock=clock,
        faults=Faults(store.collection("stytch_faults")),
        users=Users(store, clock),
        links=MagicLinks(store, clock),
        mailer=Mailer(store, outbox, clock, config.project_name),
        keys=keys,
        tokens=tokens,
        sessions=Sessions(store, clock, tokens),
        webhooks=Webhooks(config, store, clock),
    )


def state_of(request: Request) -> State:
    """Return the state that `create_app` has given to this request's application."""
    return cast("State", request.app.state.emulator)
