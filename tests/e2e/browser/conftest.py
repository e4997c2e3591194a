"""A real Chromium in front of the running local cloud.

`LATCHKEY_BASE_URL` points the suite at a local cloud that already runs.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.browser.site import Account, Site
from tests.support.clouds import ready_cloud

PATIENCE_MS = 30_000  # a cold start on a busy machine

OpenAs = Callable[..., Page]

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    running = os.environ.get("LATCHKEY_BASE_URL")
    if running:
        yield Site(running)
        return
    with ready_cloud(tmp_path_factory) as cloud:
        yield Site(cloud.url)


@pytest.fixture
def new_context(browser: Browser, site: Site) -> Iterator[Callable[..., BrowserContext]]:
    """Opens browser contexts that share no cookies and no storage."""
    contexts: list[BrowserContext] = []

    def open_context(account: Account | None = None, **options: object) -> BrowserContext:
        state = site.storage_state(account) if account else None
        context = browser.new_context(base_url=site.url, storage_state=state, **options)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        return context

    yield open_context
    for context in contexts:
        context.close()


@pytest.fixture
def open_as(new_context: Callable[..., BrowserContext]) -> OpenAs:
    """A page on which the account is signed in already."""

    def open_page(account: Account, path: str = "/", **options: object) -> Page:
        page = new_context(account, **options).new_page()
        page.goto(path)
        return page

    return open_page


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    """The front page, signed out."""
    page = new_context().new_page()
    page.goto("/")
    return page


@pytest.fixture(scope="session")
def ada(site: Site) -> Account:
    """The demo admin."""
    return site.sign_in("ada@example.com")


@pytest.fixture(scope="session")
def grace(site: Site) -> Account:
    """The demo member."""
    return site.sign_in("grace@example.com")


@pytest.fixture
def member(site: Site) -> Account:
    """A user who signed up for this test only."""
    return site.new_account()
