"""One Stytch project: its settings and everything it remembers."""

from __future__ import annotations

from dataclasses import dataclass

from local.clock import Clock
from local.outbox import Outbox
from local.store import Store
from local.stytch.config import StytchConfig
from local.stytch.link_mail import LinkMail
from local.stytch.magic_links import MagicLinks
from local.stytch.session_tokens import SessionTokens
from local.stytch.sessions import Sessions
from local.stytch.signing_keys import SigningKeys
from local.stytch.users import Users


@dataclass(frozen=True)
class Project:
    config: StytchConfig
    clock: Clock
    users: Users
    links: MagicLinks
    mail: LinkMail
    keys: SigningKeys
    tokens: SessionTokens
    sessions: Sessions

    def clear(self) -> None:
        """Forget users, links and sessions; the keys stay."""
        self.users.clear()
        self.links.clear()
        self.mail.clear()
        self.sessions.clear()


def open_project(config: StytchConfig, store: Store, outbox: Outbox, clock: Clock) -> Project:
    keys = SigningKeys(store, clock)
    tokens = SessionTokens(keys, clock, config.project_id)
    return Project(
        config=config,
        clock=clock,
        users=Users(store, clock),
        links=MagicLinks(store, clock),
        mail=LinkMail(store, outbox, clock, config.project_name),
        keys=keys,
        tokens=tokens,
        sessions=Sessions(store, clock, tokens),
    )
