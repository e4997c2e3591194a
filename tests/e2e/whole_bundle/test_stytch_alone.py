"""The whole job on a site with Stytch alone; the tests run in order."""

from __future__ import annotations

from collections.abc import Iterator

import jwt
import pytest
import requests

from local.settings import LOCAL_IDENTITY_SECRET
from tests.e2e.whole_bundle import stories
from tests.e2e.whole_bundle.conftest import NewPerson, own_site
from tests.e2e.whole_bundle.live import LiveSite, only_local
from tests.support.visitor import Visitor


@pytest.fixture(scope="module")
def base_url(tmp_path_factory: pytest.TempPathFactory, live_site: LiveSite | None) -> Iterator[str]:
    with own_site(tmp_path_factory, live_site, PROVIDERS="stytch") as url:
        yield url


@pytest.fixture(scope="module")
def ada(base_url: str, live_site: LiveSite | None) -> Visitor:
    """The admin of `ADMIN_EMAILS`, with a magic link; a new admin on a deployed site."""
    return live_site.admin() if live_site else with_link(Visitor(base_url, "ada@example.com"))


@pytest.fixture(scope="module")
def author(sam: Visitor) -> Visitor:
    return sam


@pytest.fixture(scope="module")
def other(person: NewPerson) -> Visitor:
    return with_link(person("other"))


def with_link(visitor: Visitor) -> Visitor:
    visitor.sign_in_by_link()
    return visitor


def test_the_site_says_what_it_has(base_url: str) -> None:
    answer = requests.get(f"{base_url}/api/providers", timeout=30)

    assert answer.json() == {"netlify": False, "stytch": True, "signup": "open"}


@only_local("it has no pages about itself")
def test_its_parts_are_up_and_identity_is_none_of_them(base_url: str) -> None:
    health = requests.get(f"{base_url}/_dev/health", timeout=30).json()

    assert health["status"] == "up"
    assert "identity" not in health["parts"]


class TestSigningInWithAMagicLink(stories.MagicLinkStory):
    pass


class TestTheBoard(stories.BoardStory):
    pass


class TestInvitations(stories.InvitationStory):
    pass


def test_there_is_no_identity_to_sign_up_with(base_url: str) -> None:
    answer = requests.get(f"{base_url}/.netlify/identity/settings", timeout=30)

    assert answer.status_code == 404


def test_a_token_of_identitys_form_is_nobodys(base_url: str) -> None:
    visitor = Visitor(base_url, "kit@example.com")
    claims = {"sub": "1", "email": "ada@example.com", "exp": 9_999_999_999}
    visitor.bearer = jwt.encode(claims, LOCAL_IDENTITY_SECRET, algorithm="HS256")

    answer = visitor.call("GET", "/api/me")

    assert answer.status_code == 401
    assert answer.json()["code"] == "identity_not_configured"


class TestLeavingStytch(stories.LeavingStytchStory):
    pass
