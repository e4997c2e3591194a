"""Somebody in front of the site: a browser's cookies, an Identity account, and a mail inbox."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import requests

PASSWORD = "correct horse"


@dataclass(frozen=True)
class Inbox:
    """The local cloud's outbox, read as the people do to whom the mail goes."""

    base_url: str

    def newest_link(self, to: str) -> str:
        """The link of the newest mail to this address."""
        mails = requests.get(urljoin(self.base_url, "/_dev/outbox.json"), timeout=10).json()
        return next(mail["link"] for mail in mails if mail["to"] == to)


class Visitor:
    """One person with one browser; a bearer is sent while there is one."""

    def __init__(self, base_url: str, email: str) -> None:
        self.email = email
        self.base_url = base_url
        self.inbox = Inbox(base_url)
        self.browser = requests.Session()
        self.bearer: str | None = None

    def call(self, method: str, path: str, **request: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.bearer}"} if self.bearer else {}
        return self.browser.request(
            method,
            urljoin(self.base_url, path),
            headers=headers | request.pop("headers", {}),
            allow_redirects=False,
            timeout=30,
            **request,
        )

    def sign_up(self) -> requests.Response:
        """Ask Netlify Identity for an account; its mail is under way."""
        return self.call(
            "POST",
            "/.netlify/identity/signup",
            json={"email": self.email, "password": PASSWORD, "data": {"full_name": "Lin Chen"}},
        )

    def confirm(self) -> requests.Response:
        """Follow the confirmation link as the widget does: its token goes to /verify."""
        found = re.search(r"#confirmation_token=(.+)", self.inbox.newest_link(self.email))
        assert found
        return self.call(
            "POST", "/.netlify/identity/verify", json={"type": "signup", "token": found[1]}
        )

    def accept_invitation(self) -> requests.Response:
        """Follow an Identity invitation as the widget does: a password, and one is signed in."""
        found = re.search(r"#invite_token=(.+)", self.inbox.newest_link(self.email))
        assert found
        body = {"type": "signup", "token": found[1], "password": PASSWORD}
        answer = self.call("POST", "/.netlify/identity/verify", json=body)
        self.bearer = answer.json().get("access_token")
        return answer

    def sign_in(self, password: str = PASSWORD) -> requests.Response:
        """Sign in with Netlify Identity; on success the token is kept and sent from now on."""
        answer = self.call(
            "POST",
            "/.netlify/identity/token",
            data={"grant_type": "password", "username": self.email, "password": password},
        )
        self.bearer = answer.json().get("access_token")
        return answer

    def ask_for_link(self) -> requests.Response:
        """Ask for a magic link; not twice without `wait_for_next_second`."""
        return self.call("POST", "/.netlify/functions/login", json={"email": self.email})

    def follow_link(self) -> requests.Response:
        """Open the newest mail's link in this browser; answers what the landing answered."""
        return self.call("GET", self.inbox.newest_link(self.email))

    def sign_in_by_link(self) -> None:
        """Sign in with Stytch; not twice without `wait_for_next_second`."""
        self.ask_for_link()
        self.follow_link()


def wait_for_next_second() -> None:
    """Wait until Stytch mails an address again: it does so once in each second of the clock.

    The emulator's clock is not moved, since that of the functions would stay behind: tokens and
    cookies would come from the future.
    """
    time.sleep(1 - time.time() % 1)
