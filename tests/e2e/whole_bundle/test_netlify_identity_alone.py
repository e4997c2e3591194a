"""The whole job on a site with Netlify Identity alone; the tests run in order."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
import requests

from tests.e2e.whole_bundle import stories
from tests.e2e.whole_bundle.conftest import NewPerson, own_site
from tests.e2e.whole_bundle.live import LiveSite, only_local
from tests.e2e.whole_bundle.stories import new_address
from tests.support.gotrue_site import environment_with_gotrue
from tests.support.visitor import Visitor

OPAQUE = "A" * 44  # a token of Stytch's form


@pytest.fixture(scope="module")
def base_url(tmp_path_factory: pytest.TempPathFactory, live_site: LiveSite | None) -> Iterator[str]:
    with ExitStack() as stack:
        environ: dict[str, str] = {}
        if os.environ.get("IDENTITY_UNDER_TEST") == "gotrue":
            environ = stack.enter_context(environment_with_gotrue(tmp_path_factory))
        site = own_site(tmp_path_factory, live_site, PROVIDERS="netlify", **environ)
        yield stack.enter_context(site)


@pytest.fixture(scope="module")
def author(lin: Visitor) -> Visitor:
    return lin


@pytest.fixture(scope="module")
def other(person: NewPerson) -> Visitor:
    visitor = person("other")
    visitor.sign_up()
    visitor.confirm()
    visitor.sign_in()
    return visitor


def test_the_site_says_what_it_has(base_url: str) -> None:
    answer = requests.get(f"{base_url}/api/providers", timeout=30)

    assert answer.json() == {"netlify": True, "stytch": False, "signup": "open"}


@only_local("it has no pages about itself")
def test_its_parts_are_up_and_stytch_is_none_of_them(base_url: str) -> None:
    health = requests.get(f"{base_url}/_dev/health", timeout=30).json()

    assert health["status"] == "up"
    assert "stytch" not in health["parts"]


class TestSigningUpWithAPassword(stories.PasswordStory):
    pass


class TestTheBoard(stories.BoardStory):
    pass


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/login"),
        ("GET", "/api/sessions"),
        ("DELETE", "/api/sessions/session-test-1"),
        ("GET", f"/api/authenticate?token={OPAQUE}"),
        ("GET", f"/api/authenticate_magic_link?token={OPAQUE}"),
    ],
)
def test_a_route_of_stytch_is_not_there(ada: Visitor, method: str, path: str) -> None:
    answer = ada.call(method, path, json={"email": "kit@example.com"})

    assert answer.status_code == 404
    assert answer.json()["code"] == "provider_not_configured"


def test_an_invitation_by_stytch_is_not_there(ada: Visitor) -> None:
    body = {"email": new_address("kit"), "provider": "stytch"}

    answer = ada.call("POST", "/api/invite", json=body)

    assert (answer.status_code, answer.json()["code"]) == (404, "provider_not_configured")


def test_who_is_invited_chooses_a_password_and_is_a_user(ada: Visitor, guest: Visitor) -> None:
    invited = ada.call("POST", "/api/invite", json={"email": guest.email, "role": "admin"})
    guest.accept_invitation()

    me = guest.call("GET", "/api/me").json()

    users = ada.call("GET", "/api/users").json()
    assert invited.json() == {"message": "magic link sent"}
    assert me["roles"] == ["admin"]
    assert (guest.email, "netlify", me["id"]) in {
        (user["email"], user["provider"], user["principal_id"]) for user in users
    }


def test_a_token_of_stytchs_form_is_nobodys(base_url: str) -> None:
    visitor = Visitor(base_url, "kit@example.com")
    visitor.bearer = OPAQUE

    answer = visitor.call("GET", "/api/me")

    assert answer.status_code == 401
    assert answer.json()["code"] == "stytch_not_configured"


def test_a_row_that_an_admin_added_is_deleted_again(ada: Visitor) -> None:
    user = ada.call("POST", "/api/users", json={"email": new_address("row")}).json()

    deleted = ada.call("DELETE", f"/api/users/{user['id']}")

    assert deleted.json() == {"message": "success"}


def test_signing_out_ends_the_sessions_at_identity(other: Visitor) -> None:
    answer = other.call("POST", "/.netlify/functions/logout", json={"everywhere": True})

    assert answer.json() == {"message": "logged out"}


class TestLeavingIdentity(stories.LeavingIdentityStory):
    pass
