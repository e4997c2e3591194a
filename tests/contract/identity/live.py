"""Netlify Identity itself, in the emulator's place: a site for tests, with an admin's token."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jwt
import pytest
import requests

from local.identity import IdentityConfig
from tests.contract.identity.caller import PASSWORD, SECRET, SITE_URL, Identity
from tests.live.accounts import IdentitySite
from tests.live.traffic import Addresses, LiveAdapter

PER_PAGE = 100


class ItsClock:
    """The site's clock, which is this machine's, too."""

    def now(self) -> float:
        return time.time()

    def advance(self, _seconds: float) -> None:
        pytest.skip("not applicable to Identity itself: its clock cannot be moved")


class LiveIdentity(Identity):
    """A caller of the site. What needs a mail or the secret is not here."""

    def __init__(self, site: IdentitySite, addresses: Addresses) -> None:
        super().__init__(site.url, IdentityConfig(SITE_URL, SECRET), ItsClock(), _no_mails)
        self._operator_token = site.operator_token
        self._addresses = addresses
        self.mount(site.url, LiveAdapter(addresses))

    def confirmed_user(self, email: str = "lin@example.com", **data: Any) -> dict[str, Any]:
        """The user whom an admin made as `email`, since no mail can be read."""
        body = {"email": email, "password": PASSWORD, "confirm": True, "user_metadata": data}
        user: dict[str, Any] = self.post("/admin/users", json=body, headers=self.operator()).json()
        return user

    def operator(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._operator_token}"}

    def claims(self, token: str) -> dict[str, Any]:
        claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
        return claims

    def address(self, email: str) -> str:
        return self._addresses.outwards(email)


class LiveHost:
    """The one site; the people of each test are new."""

    def __init__(self, site: IdentitySite) -> None:
        self._site = site
        self._addresses = Addresses(site.mailbox)

    @contextmanager
    def site(self, config: IdentityConfig, path: Path | None) -> Iterator[Identity]:
        if path or config != IdentityConfig(SITE_URL, SECRET):
            pytest.skip("not applicable to Identity itself: its configuration stays as it is")
        self._addresses.begin_test()
        with self.caller() as caller:
            yield caller

    def caller(self) -> LiveIdentity:
        return LiveIdentity(self._site, self._addresses)

    def delete_our_users(self) -> None:
        """Delete the users that this or an earlier run has made."""
        self._addresses.begin_test()  # else those of the last test come back under its names
        with self.caller() as caller:
            ours = [
                user for user in _all_users(caller) if self._addresses.is_of_any_run(user["email"])
            ]
            left = [user["email"] for user in ours if not _is_deleted(caller, user["id"])]
        assert not left, "these users could not be deleted"


@contextmanager
def live_host(site: IdentitySite) -> Iterator[LiveHost]:
    """The site; it has no user of ours before the block and after it, whatever happens."""
    host = LiveHost(site)
    host.delete_our_users()
    try:
        yield host
    finally:
        host.delete_our_users()


def _is_deleted(caller: Identity, user_id: str) -> bool:
    answer = caller.delete(f"/admin/users/{user_id}", headers=caller.operator())
    return answer.status_code in {requests.codes.ok, requests.codes.not_found}


def _all_users(caller: Identity) -> Iterator[dict[str, Any]]:
    page = 1
    while users := _page_of_users(caller, page):
        yield from users
        page += 1


def _page_of_users(caller: Identity, page: int) -> list[dict[str, Any]]:
    query = {"page": page, "per_page": PER_PAGE}
    answer: requests.Response = caller.get("/admin/users", params=query, headers=caller.operator())
    if answer.status_code == requests.codes.unauthorized:
        pytest.exit(f"LIVE_IDENTITY_OPERATOR_TOKEN is of no admin, or over: {answer.text}", 2)
    answer.raise_for_status()
    users: list[dict[str, Any]] = answer.json()["users"]
    return users


def _no_mails() -> list[dict[str, str]]:
    raise AssertionError("the mails of Identity itself cannot be read")
