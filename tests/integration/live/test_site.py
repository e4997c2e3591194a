"""`make test-live` with a deployed site, for which a local cloud stands.

So the story is known to be told without a mailbox, and to leave nothing behind.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest

from local.settings import LOCAL_IDENTITY_SECRET
from tests.integration.live.conftest import Live
from tests.support.clouds import ready_cloud
from tests.support.running_cloud import RunningCloud
from tests.support.stytch_emulator import PROJECT_ID, SECRET
from tests.support.stytch_with_passwords import StytchWithPasswords
from tests.support.upstreams import serving
from tests.support.visitor import Visitor

pytestmark = pytest.mark.timeout(600)  # a whole suite runs in a test


@pytest.fixture(params=["netlify,stytch", "netlify", "stytch"])
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningCloud]:
    with ready_cloud(tmp_path_factory, PROVIDERS=request.param) as cloud:
        yield cloud


@pytest.fixture
def ada(site: RunningCloud) -> Visitor:
    """The demo admin, who has nothing to do with the story."""
    visitor = Visitor(site.url, "ada@example.com")
    if visitor.call("GET", "/api/providers").json()["netlify"]:
        visitor.sign_in("latchkey")
    else:
        visitor.sign_in_by_link()
    return visitor


@pytest.fixture
def account(site: RunningCloud, ada: Visitor) -> Iterator[dict[str, str]]:
    """The site's, and those at the providers that it has."""
    operator = jwt.encode({"exp": int(time.time()) + 3600, "sub": "0"}, LOCAL_IDENTITY_SECRET)
    has_stytch = ada.call("GET", "/api/providers").json()["stytch"]
    front = StytchWithPasswords(
        site.address("Stytch") if has_stytch else "http://127.0.0.1:1",
        lambda email: parse_qs(urlsplit(ada.inbox.newest_link(email)).query)["token"][0],
    )
    with serving(lambda _: front.app()) as live_stytch:
        yield {
            "LATCHKEY_BASE_URL": site.url,
            "LIVE_EMAIL": "me@example.net",
            "LIVE_IDENTITY_URL": f"{site.url}/.netlify/identity",
            "LIVE_IDENTITY_OPERATOR_TOKEN": operator,
            "LIVE_STYTCH_BASE_URL": live_stytch.url,
            "LIVE_STYTCH_PROJECT_ID": PROJECT_ID,
            "LIVE_STYTCH_SECRET": SECRET,
        }


def rows(ada: Visitor, path: str, column: str) -> set[Any]:
    return {row[column] for row in ada.call("GET", path).json()}


def test_the_story_is_told_and_nobody_of_it_is_left(
    live: Live, ada: Visitor, account: dict[str, str]
) -> None:
    users = rows(ada, "/api/users?limit=200", "email")
    issues = rows(ada, "/api/issues?limit=200", "id")

    run = live(account, "site")

    assert run.returncode == 0, run.stdout
    assert rows(ada, "/api/users?limit=200", "email") == users
    assert rows(ada, "/api/issues?limit=200", "id") == issues


@pytest.mark.parametrize("site", ["netlify,stytch"], indirect=True)
def test_a_provider_of_the_site_without_an_account_is_named(
    live: Live, account: dict[str, str]
) -> None:
    run = live({name: account[name] for name in ("LATCHKEY_BASE_URL", "LIVE_EMAIL")}, "site")

    assert run.returncode == 2
    assert "The story was not run, since the site has this provider, too: LIVE_" in run.stdout
