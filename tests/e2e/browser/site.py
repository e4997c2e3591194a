"""Requests to the site that a test makes itself, without the browser: to arrange and to check."""

from __future__ import annotations

import json
import time
import uuid
from dataclasses import dataclass
from typing import Any

import requests

from local.identity import IdentityConfig, operator_token
from local.kit.clock import Clock
from local.settings import LOCAL_IDENTITY_SECRET

PASSWORD = "latchkey"
SECONDS = 10


@dataclass(frozen=True)
class Account:
    """A confirmed Netlify Identity user with a session, as `POST /token` answered it."""

    email: str
    token: dict[str, Any]

    @property
    def access_token(self) -> str:
        return str(self.token["access_token"])


class Site:
    """The running site at `url`."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.identity_url = f"{url}/.netlify/identity"

    def sign_in(self, email: str, password: str = PASSWORD) -> Account:
        form = {"grant_type": "password", "username": email, "password": password}
        return Account(email, self._identity("/token", data=form))

    def new_account(self, name: str = "Katherine Johnson") -> Account:
        """Signs up a user with a new address and confirms the address."""
        return self.sign_up(new_address(), name)

    def sign_up(self, email: str, name: str) -> Account:
        """Signs up a user and confirms the address by the link in its mail."""
        body = {"email": email, "password": PASSWORD, "data": {"full_name": name}}
        self._identity("/signup", json=body)
        token = self.mail_link(email).partition("confirmation_token=")[2]
        return Account(email, self._identity("/verify", json={"type": "signup", "token": token}))

    def invite_to_identity(self, email: str) -> None:
        """Mails an Identity invitation, which only the site's operator may do."""
        operator = operator_token(IdentityConfig(self.url, LOCAL_IDENTITY_SECRET), Clock())
        self._identity("/invite", json={"email": email}, headers=_bearer(operator))

    def storage_state(self, account: Account) -> dict[str, Any]:
        """A browser's storage in which the account is signed in."""
        session = {
            "url": self.identity_url,
            "audience": "",
            "token": {**account.token, "expires_at": (time.time() + 3600) * 1000},
        }
        entry = {"name": "gotrue.user", "value": json.dumps(session)}
        return {"cookies": [], "origins": [{"origin": self.url, "localStorage": [entry]}]}

    def create_issue(self, account: Account, title: str) -> dict[str, Any]:
        return dict(self.call(account, "POST", "/create", json={"title": title}))

    def titles_of(self, account: Account) -> list[str]:
        issues = self.call(account, "GET", "/get?assignee=me&limit=200")
        return [issue["title"] for issue in issues]

    def call(self, account: Account, method: str, path: str, **options: Any) -> Any:
        """The JSON answer of a function; raises requests.HTTPError for an error status."""
        url = f"{self.url}/.netlify/functions{path}"
        headers = _bearer(account.access_token)
        answer = requests.request(method, url, headers=headers, timeout=SECONDS, **options)
        answer.raise_for_status()
        return answer.json()

    def change_address(self, account: Account, email: str) -> None:
        """Asks Identity for another address. It is pending until the link in its mail is opened."""
        self._identity("/user", "PUT", json={"email": email}, headers=_bearer(account.access_token))

    def revoke_sessions(self, account: Account) -> None:
        """Ends every session of the account at Identity. Its access token stays valid."""
        self._identity("/logout", headers=_bearer(account.access_token))

    def fail_next_token_request(self) -> None:
        """Makes Identity answer 503 to the next sign-in or refresh."""
        self._identity("/_admin/faults", json={"status": 503, "count": 1, "path": "/token"})

    def mail_link(self, email: str) -> str:
        """The link in the newest mail to the address."""
        mails = requests.get(f"{self.url}/_dev/outbox.json", timeout=SECONDS).json()
        return str(next(mail["link"] for mail in mails if mail["to"] == email))

    def _identity(self, path: str, method: str = "POST", **options: Any) -> dict[str, Any]:
        url = f"{self.identity_url}{path}"
        answer = requests.request(method, url, timeout=SECONDS, **options)
        answer.raise_for_status()
        return dict(answer.json()) if answer.content else {}


def new_address() -> str:
    return f"user-{uuid.uuid4().hex[:12]}@example.com"


def new_long_address() -> str:
    """An address whose first part is as long as RFC 5321, section 4.5.3.1.1, allows it."""
    return f"{uuid.uuid4().hex:a<64}@example.com"


def new_title(words: str = "Oil the hinges") -> str:
    return f"{words} {uuid.uuid4().hex[:8]}"


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
