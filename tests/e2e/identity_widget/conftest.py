"""Netlify's browser clients in a real Chromium, against the local Identity.

Needs Chromium, and `npm ci` in tests/clients/identity. Without them the tests are skipped, unless
`REQUIRE_E2E=1` makes that a failure.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import give_up
from tests.e2e.identity_widget.site import NODE_MODULES, Site

PATIENCE_MS = 15_000

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    if not NODE_MODULES.is_dir():
        give_up("the clients are missing: npm ci in tests/clients/identity")
    site = Site()
    thread = threading.Thread(target=site.run)
    thread.start()
    yield site
    site.stop()
    thread.join()


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A page of a browser that has nothing stored yet."""
    context = browser.new_context(base_url=site.url)
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


@pytest.fixture
def email() -> str:
    """An address of this test alone."""
    return f"user-{next(_numbers)}@example.com"
