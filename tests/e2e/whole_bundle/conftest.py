"""The sites that the story is told on, and the people in front of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.e2e.whole_bundle.live import IS_LIVE, NEEDS, LiveSite, deployed_site
from tests.e2e.whole_bundle.stories import new_address
from tests.live import accounts
from tests.live.selection import skip_what_needs
from tests.support.clouds import ready_cloud
from tests.support.visitor import Visitor

BOTH = "netlify,stytch"
NewPerson = Callable[[str], Visitor]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if IS_LIVE:
        skip_what_needs(NEEDS, items, Path(__file__).parent, "a deployed site")


@pytest.fixture(scope="session")
def live_site() -> Iterator[LiveSite | None]:
    """The deployed site, where the story is told on one."""
    if IS_LIVE:
        with deployed_site(os.environ) as site:
            yield site
    else:
        yield None


@contextmanager
def own_site(
    tmp_path_factory: pytest.TempPathFactory, live_site: LiveSite | None, **environ: str
) -> Iterator[str]:
    """The address of the deployed site, or of a local cloud.

    The cloud ends with the block, and leaves no process behind.
    """
    if live_site:
        yield live_site.url_with(environ.get("PROVIDERS", BOTH))
        return
    with ready_cloud(tmp_path_factory, **environ) as cloud:
        children = cloud.descendants()
        yield cloud.url
        assert cloud.stop() == 0
        assert not [pid for pid in children if os.path.exists(f"/proc/{pid}")]


@pytest.fixture(scope="module")
def base_url(tmp_path_factory: pytest.TempPathFactory, live_site: LiveSite | None) -> Iterator[str]:
    """A site with both providers."""
    running = os.environ.get("LATCHKEY_BASE_URL")
    if running and not IS_LIVE:
        if not accounts.is_here(running):
            pytest.exit("LATCHKEY_BASE_URL is another machine: use `make test-live`.", 2)
        yield running
        return
    with own_site(tmp_path_factory, live_site) as url:
        yield url


@pytest.fixture(scope="module")
def person(base_url: str, live_site: LiveSite | None) -> NewPerson:
    """Makes somebody new of this name."""
    return live_site.person if live_site else lambda name: Visitor(base_url, new_address(name))


@pytest.fixture(scope="module")
def lin(person: NewPerson) -> Visitor:
    """Signs up with Netlify Identity."""
    return person("lin")


@pytest.fixture(scope="module")
def sam(person: NewPerson) -> Visitor:
    """Signs in with magic links; on a deployed site, has signed in already."""
    visitor = person("sam")
    if IS_LIVE:
        visitor.sign_in_by_link()
    return visitor


@pytest.fixture(scope="module")
def ada(base_url: str, live_site: LiveSite | None) -> Visitor:
    """The demo admin, with a password; a new admin on a deployed site."""
    if live_site:
        return live_site.admin()
    visitor = Visitor(base_url, "ada@example.com")
    visitor.sign_in("latchkey")
    return visitor


@pytest.fixture(scope="module")
def guest(person: NewPerson) -> Visitor:
    """Is invited."""
    return person("guest")


@pytest.fixture(scope="module")
def issue(author: Visitor) -> dict[str, object]:
    """The author's issue, created as the tutorial's page does: JSON in a plain text body."""
    answer = author.call(
        "POST",
        "/.netlify/functions/create",
        data='{"title": "Água in the café"}'.encode(),
        headers={"Content-Type": "text/plain;charset=UTF-8"},
    )
    assert answer.status_code == 201, answer.text
    return answer.json()
