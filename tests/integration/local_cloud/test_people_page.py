"""`/_dev/people`: the users and sessions of both emulated providers, and changes to them."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
import requests

from tests.support.running_cloud import RunningCloud

PATH = "/_dev/people"
PROVIDERS = pytest.mark.parametrize("provider", ["netlify", "stytch"])


@pytest.fixture
def email() -> str:
    return f"{uuid.uuid4().hex[:12]}@example.com"


def change(cloud: RunningCloud, button: str, /, **fields: str) -> requests.Response:
    return cloud.post(f"{PATH}/{button}", data=fields)


def person(cloud: RunningCloud, email: str) -> str:
    """The person's part of the page."""
    parts = re.split(r"(?=<li><div class=\"who\">)", cloud.get(PATH).text)
    return next((part for part in parts if f"<strong>{email}</strong>" in part), "")


def id_in(part: str, action: str) -> str:
    """What a button of the part changes."""
    form = part.partition(f"{PATH}/{action}")[2]
    return re.findall(r'name="id" value="([^"]+)"', form)[0]


def added(cloud: RunningCloud, provider: str, email: str) -> str:
    """A new person's id."""
    change(cloud, "add", provider=provider, email=email, name="Katherine Johnson")
    return id_in(person(cloud, email), "delete")


def signed_in_to_identity(cloud: RunningCloud, email: str) -> dict[str, Any]:
    """The answer to the password that everybody has who is added."""
    added(cloud, "netlify", email)
    grant = {"grant_type": "password", "username": email, "password": "latchkey"}
    return dict(cloud.post("/.netlify/identity/token", data=grant).json())


def refreshed(cloud: RunningCloud, session: dict[str, Any]) -> requests.Response:
    grant = {"grant_type": "refresh_token", "refresh_token": session["refresh_token"]}
    return cloud.post("/.netlify/identity/token", data=grant)


def signed_in_to_stytch(cloud: RunningCloud, email: str) -> str:
    """The token of a session; Stytch is asked about it each time."""
    browser = requests.Session()
    browser.post(f"{cloud.url}/api/login", json={"email": email}, timeout=15)
    mails = cloud.get("/_dev/outbox.json").json()
    browser.get(next(mail["link"] for mail in mails if mail["to"] == email), timeout=15)
    return str(browser.cookies["stytch_session"])


def status_of_me(cloud: RunningCloud, token: str) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    return cloud.get("/api/me", headers=headers).status_code


@PROVIDERS
def test_somebody_is_added(cloud: RunningCloud, provider: str, email: str) -> None:
    added(cloud, provider, email)

    assert "Katherine Johnson" in person(cloud, email)


def test_somebody_added_to_identity_can_sign_in(cloud: RunningCloud, email: str) -> None:
    assert "access_token" in signed_in_to_identity(cloud, email)


def test_somebody_added_to_stytch_gets_an_invitation(cloud: RunningCloud, email: str) -> None:
    added(cloud, "stytch", email)

    assert cloud.get("/_dev/outbox.json").json()[0]["to"] == email


@PROVIDERS
def test_somebody_is_made_an_admin_and_no_admin_again(
    cloud: RunningCloud, provider: str, email: str
) -> None:
    user = added(cloud, provider, email)

    change(cloud, "promote", provider=provider, id=user)
    assert ">admin</span>" in person(cloud, email)

    change(cloud, "demote", provider=provider, id=user)
    assert ">admin</span>" not in person(cloud, email)


@PROVIDERS
def test_somebody_is_deleted(cloud: RunningCloud, provider: str, email: str) -> None:
    change(cloud, "delete", provider=provider, id=added(cloud, provider, email))

    assert person(cloud, email) == ""


@pytest.mark.parametrize("how", ["end", "expire"])
def test_session_at_identity_is_over(cloud: RunningCloud, email: str, how: str) -> None:
    session = signed_in_to_identity(cloud, email)

    change(cloud, how, provider="netlify", id=id_in(person(cloud, email), how))

    assert refreshed(cloud, session).status_code == 400
    assert "No session" in person(cloud, email)


@pytest.mark.parametrize("how", ["end", "expire"])
def test_session_at_stytch_is_over(cloud: RunningCloud, email: str, how: str) -> None:
    token = signed_in_to_stytch(cloud, email)
    assert status_of_me(cloud, token) == 200

    change(cloud, how, provider="stytch", id=id_in(person(cloud, email), how))

    assert status_of_me(cloud, token) == 401


def test_page_shows_no_token(cloud: RunningCloud, email: str) -> None:
    session = signed_in_to_identity(cloud, email)

    assert session["refresh_token"] not in cloud.get(PATH).text


@PROVIDERS
def test_address_that_is_none_is_refused_in_the_words_of_the_provider(
    cloud: RunningCloud, provider: str
) -> None:
    answer = change(cloud, "add", provider=provider, email="not an address")

    assert (answer.status_code, answer.headers["content-type"][:10]) == (400, "text/plain")


def test_look_at_the_page_uses_up_no_planned_fault(cloud: RunningCloud, email: str) -> None:
    plan = {"provider": "netlify", "path": "/admin/users", "way": "503", "count": "1"}
    cloud.post("/_dev/faults/plan", data=plan)

    answer = change(cloud, "add", provider="netlify", email=email)

    assert answer.status_code == 200
    assert "the next call of /admin/users" in answer.text
    cloud.post("/_dev/faults/forget")


@pytest.mark.parametrize("name", ["add", "delete", "promote", "demote", "end", "expire"])
def test_page_of_another_site_changes_nobody(cloud: RunningCloud, name: str) -> None:
    answer = cloud.post(f"{PATH}/{name}", headers={"Origin": "https://evil.example"})

    assert answer.status_code == 403


def test_provider_that_is_not_there_is_refused(cloud: RunningCloud) -> None:
    assert change(cloud, "add", provider="nobody").status_code == 400
