"""session.authenticate, session.revoke, user.get and user.update, as the SDK calls them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.contract.stytch.front_end.page import Page, problem
from tests.contract.stytch.under_test import FRONT_END, only_emulator

pytestmark = only_emulator(FRONT_END)

CALLS = [
    ("POST", "/sessions/authenticate"),
    ("POST", "/sessions/revoke"),
    ("GET", "/users/me"),
    ("PUT", "/users/me"),
]


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_without_a_session_there_is_nobody(page: Page, method: str, path: str) -> None:
    assert problem(page.call(method, path, {})) == (401, "user_unauthenticated")


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_a_session_that_is_over_is_not_found(page: Page, emulator, method: str, path: str) -> None:
    page.sign_in()
    emulator.advance(minutes=61)

    assert problem(page.call(method, path, {})) == (404, "session_not_found")


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_a_cookie_with_nonsense_is_refused(page: Page, method: str, path: str) -> None:
    answer = replace(page, session_token="nonsense").call(method, path, {})

    assert problem(answer) == (400, "invalid_session_token")


def test_the_session_is_renewed_with_a_fresh_jwt(page: Page, emulator) -> None:
    signed_in = page.sign_in()
    emulator.advance(minutes=3)

    data = page.call("POST", "/sessions/authenticate", {}).json()["data"]

    assert data["session"]["session_id"] == signed_in["session"]["session_id"]
    assert data["session"]["expires_at"] == signed_in["session"]["expires_at"]
    assert data["session_token"] == signed_in["session_token"]
    assert data["session_jwt"] != signed_in["session_jwt"]
    assert data["user"] == signed_in["user"]


def test_a_duration_moves_the_end_of_the_session(page: Page, emulator) -> None:
    page.sign_in()
    page.call("POST", "/sessions/authenticate", {"session_duration_minutes": 120})
    emulator.advance(minutes=90)

    assert page.call("POST", "/sessions/authenticate", {}).status_code == 200


def test_a_page_sets_no_custom_claims(page: Page) -> None:
    page.sign_in()

    answer = page.call("POST", "/sessions/authenticate", {"session_custom_claims": {"a": 1}})

    assert answer.json()["data"]["session"]["custom_claims"] is None


def test_a_revoked_session_is_over_for_everybody(page: Page, emulator) -> None:
    page.sign_in()

    data = page.call("POST", "/sessions/revoke").json()["data"]

    assert data.keys() == {"status_code", "request_id"}
    assert problem(page.call("GET", "/users/me")) == (404, "session_not_found")


def test_a_page_revokes_its_own_session_only(page: Page) -> None:
    other = replace(page)
    session = other.sign_in("grace@example.com")["session"]
    page.sign_in("ada@example.com")

    page.call("POST", "/sessions/revoke", {"session_id": session["session_id"]})

    assert other.call("GET", "/users/me").status_code == 200


def test_the_person_is_told_to_the_page(page: Page) -> None:
    signed_in = page.sign_in("ada@example.com")

    data = page.call("GET", "/users/me").json()["data"]

    assert data["user_id"] == signed_in["user_id"]
    assert data["emails"][0]["email"] == "ada@example.com"


def test_people_change_their_own_name_and_metadata(page: Page, client) -> None:
    signed_in = page.sign_in()
    body = {"name": {"first_name": "Ada"}, "untrusted_metadata": {"theme": "dark"}}

    data = page.call("PUT", "/users/me", body).json()["data"]

    assert data["user_id"] == data["__user"]["user_id"] == signed_in["user_id"]
    user = client.users.get(signed_in["user_id"])
    assert (user.name.first_name, user.untrusted_metadata) == ("Ada", {"theme": "dark"})


@pytest.mark.parametrize(
    "body", [{"roles": ["admin"]}, {"trusted_metadata": {"roles": ["admin"]}}, {"external_id": "1"}]
)
def test_nobody_makes_themselves_an_admin(page: Page, client, body) -> None:
    signed_in = page.sign_in()

    page.call("PUT", "/users/me", body)

    user = client.users.get(signed_in["user_id"])
    assert (user.roles, user.trusted_metadata, user.external_id) == (["stytch_user"], {}, None)
