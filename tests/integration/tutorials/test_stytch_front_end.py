"""Every call that the Stytch tutorial's own front end makes, with its headers and bodies.

It runs with `TOKEN_IN_QUERY=on` and its own cookie name: its page asks on the server, without a
cookie, and puts the session token into the query instead.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
import requests

from tests.support.clouds import ready_cloud
from tests.support.running_cloud import RunningCloud
from tests.support.visitor import Visitor

COOKIE = "STYTCH_NEXT_EXAMPLE_COOKIE"
TEXT = {"Content-Type": "text/plain;charset=UTF-8"}


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCloud]:
    with ready_cloud(
        tmp_path_factory,
        TOKEN_IN_QUERY="on",
        COOKIE_NAME=COOKIE,
        ADMIN_EMAILS="ada@example.com,chief@example.com",
    ) as running:
        yield running


@pytest.fixture(scope="module")
def chief(cloud: RunningCloud) -> Visitor:
    """An admin who has followed a magic link to the tutorial's own address for it."""
    visitor = Visitor(cloud.url, "chief@example.com")
    visitor.ask_for_link()
    token = visitor.inbox.newest_link(visitor.email).partition("token=")[2].partition("&")[0]
    landed = visitor.call(
        "GET", f"/api/authenticate_magic_link?token={token}&stytch_token_type=magic_links"
    )
    assert landed.headers["Location"] == "/profile"
    return visitor


@pytest.fixture
def token(chief: Visitor) -> str:
    return chief.browser.cookies[COOKIE]


def asked_by_the_server(cloud: RunningCloud, path: str) -> requests.Response:
    """As the tutorial's server asks: without any cookie."""
    return requests.get(f"{cloud.url}{path}", timeout=30)


def new_address() -> str:
    return f"guest-{uuid.uuid4().hex[:8]}@example.com"


def test_the_page_gets_the_users_by_the_token_in_the_query(cloud: RunningCloud, token: str) -> None:
    answer = asked_by_the_server(cloud, f"/api/users?token={token}")

    assert answer.status_code == 200
    assert "chief@example.com" in {user["email"] for user in answer.json()["users"]}


def test_without_a_session_the_page_is_told_so(cloud: RunningCloud) -> None:
    answer = asked_by_the_server(cloud, f"/api/users?token={'A' * 44}")

    assert answer.status_code == 401


def test_one_user_is_a_list_of_one(cloud: RunningCloud, token: str) -> None:
    listed = asked_by_the_server(cloud, f"/api/users?token={token}").json()["users"][0]

    answer = asked_by_the_server(cloud, f"/api/users/{listed['id']}?token={token}")

    assert answer.json() == {"user": [listed]}


def test_who_is_invited_is_added_with_a_name_right_after(chief: Visitor) -> None:
    email = new_address()

    invited = chief.call("POST", "/api/invite_user", data=f'{{"email": "{email}"}}', headers=TEXT)
    added = chief.call(
        "POST", "/api/users", data=f'{{"name": "Guest", "email": "{email}"}}', headers=TEXT
    )

    user = chief.call("GET", f"/api/users/{added.json()['id']}").json()
    assert (invited.status_code, added.status_code) == (200, 201)
    assert (user["name"], user["email"]) == ("Guest", email)


def test_a_name_is_completed_once(chief: Visitor) -> None:
    email = new_address()
    chief.call("POST", "/api/invite_user", json={"email": email})
    chief.call("POST", "/api/users", json={"name": "Guest", "email": email})

    again = chief.call("POST", "/api/users", json={"name": "Other", "email": email})

    assert (again.status_code, again.json()["code"]) == (409, "email_taken")


def test_a_user_is_deleted(chief: Visitor) -> None:
    added = chief.call("POST", "/api/users", json={"name": "G", "email": new_address()}).json()

    assert chief.call("DELETE", f"/api/users/{added['id']}").status_code == 200


def test_what_the_page_asked_revoked_no_session(cloud: RunningCloud, token: str) -> None:
    asked_by_the_server(cloud, f"/api/users?token={token}")

    assert asked_by_the_server(cloud, f"/api/users?token={token}").status_code == 200


def test_a_write_takes_no_token_from_the_query(cloud: RunningCloud, token: str) -> None:
    answer = requests.post(f"{cloud.url}/api/issues?token={token}", json={"title": "x"}, timeout=30)

    assert answer.status_code == 401


def test_a_jwt_in_the_query_is_refused(cloud: RunningCloud, chief: Visitor) -> None:
    session_jwt = chief.browser.cookies[f"{COOKIE}_jwt"]

    assert asked_by_the_server(cloud, f"/api/users?token={session_jwt}").status_code == 401


def test_the_token_is_in_no_link_and_in_no_log(cloud: RunningCloud, token: str) -> None:
    answer = asked_by_the_server(cloud, f"/api/users?limit=1&token={token}")

    assert "after=" in answer.headers["Link"]
    assert (token in answer.headers["Link"], token in cloud.output.read_text()) == (False, False)


def test_logging_out_clears_the_cookies(cloud: RunningCloud) -> None:
    visitor = Visitor(cloud.url, new_address())
    visitor.ask_for_link()
    visitor.follow_link()

    answer = visitor.call("POST", "/api/logout")

    assert (answer.status_code, visitor.browser.cookies.get_dict().get(COOKIE)) == (200, None)
