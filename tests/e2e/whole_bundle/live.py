"""A deployed site in the local cloud's place, and people who get in without a mailbox.

Identity's admin confirms who signs up, and Stytch takes a password where it would mail a link.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
import requests

from tests.contract.identity.live import LiveHost
from tests.contract.stytch.live import LiveStytch
from tests.live import accounts
from tests.live.traffic import MARK, Addresses
from tests.support.visitor import Visitor

IS_LIVE = os.environ.get("STORY_UNDER_TEST") == "live"
_MAILS = "its mails cannot be read"
# What a test uses that a deployed site does not give to it.
NEEDS = dict.fromkeys(("ask_for_link", "follow_link", "accept_invitation", "guest"), _MAILS)


def only_local(what: str) -> pytest.MarkDecorator:
    """A test of something that a deployed site does not have."""
    return pytest.mark.skipif(IS_LIVE, reason=f"not applicable to a deployed site: {what}")


def live_address(name: str) -> str:
    """A new address of the mailbox."""
    return Addresses(os.environ["LIVE_EMAIL"]).outwards(f"{name}@example.com")


class LiveVisitor(Visitor):
    """A person whose mails nobody reads."""

    def __init__(self, url: str, identity: LiveHost | None, stytch: LiveStytch | None, name: str):
        super().__init__(url, live_address(name))
        self._identity = identity
        self._stytch = stytch
        self._identity_id = ""
        self._is_at_stytch = False

    def sign_up(self) -> requests.Response:
        answer = super().sign_up()
        self._identity_id = answer.json().get("id", "")
        return answer

    def confirm(self) -> requests.Response:
        """Be confirmed by Identity's admin."""
        return self._changed_by_admin({"confirm": True})

    def sign_in_by_link(self) -> None:
        """Sign in with Stytch, by a password, as a user who is new the first time."""
        assert self._stytch
        if not self._is_at_stytch:
            self._stytch.add_user(self.email)
            self._is_at_stytch = True
        self.bearer = self._stytch.session_of(self.email).session_token

    def become_admin(self) -> None:
        """Sign in as an admin, with the first of the site's providers."""
        if self._identity:
            self.sign_up()
            self.confirm()
            self._changed_by_admin({"app_metadata": {"roles": ["admin"]}})
            self.sign_in()
        elif self._stytch:
            self._stytch.add_user(self.email, roles=["admin"])
            self._is_at_stytch = True
            self.sign_in_by_link()

    def _changed_by_admin(self, change: dict[str, Any]) -> requests.Response:
        assert self._identity
        with self._identity.caller() as caller:
            path = f"/admin/users/{self._identity_id}"
            return caller.put(path, json=change, headers=caller.operator())


class LiveSite:
    """The site, its providers, and everybody whom the story has made there."""

    def __init__(self, url: str, identity: LiveHost | None, stytch: LiveStytch | None) -> None:
        self._url = url
        self._identity = identity
        self._stytch = stytch
        self._people: list[Visitor] = []
        self._admin: Visitor | None = None

    def url_with(self, providers: str) -> str:
        """The address; skips the tests of a site with others than these providers."""
        named = {"netlify": self._identity, "stytch": self._stytch}
        if {name for name, provider in named.items() if provider} != set(providers.split(",")):
            pytest.skip("not applicable to a deployed site: it has other providers")
        return self._url

    def person(self, name: str) -> LiveVisitor:
        """Somebody new."""
        visitor = LiveVisitor(self._url, self._identity, self._stytch, name)
        self._people.append(visitor)
        return visitor

    def admin(self) -> Visitor:
        """A new admin, who is signed in."""
        visitor = LiveVisitor(self._url, self._identity, self._stytch, "ada")
        visitor.become_admin()
        self._admin = visitor
        return visitor

    def forget_everybody(self) -> None:
        """Delete the rows of this run's people, and those of every run at the providers."""
        with ExitStack() as whatever_happens:
            if self._identity:
                whatever_happens.callback(self._identity.delete_our_users)
            if self._stytch:
                whatever_happens.callback(self._stytch.delete_our_users)
            self._forget_rows()

    def _forget_rows(self) -> None:
        for visitor in self._people:
            visitor.call("DELETE", "/api/account")
        if self._admin:
            for user in self._admin.call("GET", "/api/users?limit=200").json():
                if MARK in user["email"] and user["email"] != self._admin.email:
                    self._admin.call("DELETE", f"/api/users/{user['id']}")
            self._admin.call("DELETE", "/api/account")


@contextmanager
def deployed_site(environ: accounts.Environ) -> Iterator[LiveSite]:
    """The site of LATCHKEY_BASE_URL; nobody of ours is there after the block, whatever happens."""
    url = accounts.site(environ).url
    providers = requests.get(f"{url}/api/providers", timeout=30).json()
    try:
        identity = LiveHost(accounts.identity(environ)) if providers["netlify"] else None
        stytch = LiveStytch(accounts.stytch(environ)) if providers["stytch"] else None
    except (accounts.Missing, accounts.Refused) as wrong:
        pytest.exit(f"The story was not run, since the site has this provider, too: {wrong}", 2)
    site = LiveSite(url, identity, stytch)
    try:
        yield site
    finally:
        site.forget_everybody()
