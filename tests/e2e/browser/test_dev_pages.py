"""Every page below `/_dev/`: axe, a phone, the keyboard, no console message, no shift."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import requests
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.browser.axe import violations
from tests.e2e.browser.site import Account, Site, new_address, new_long_address
from tests.e2e.browser.test_accessibility import (
    FOCUS_IS_VISIBLE,
    GOOD_LAYOUT_SHIFT,
    LAYOUT_SHIFT,
    collect_log,
)

ROWS_OF_A_TABLE = "/_dev/data/issues"
PAGES = (
    "/_dev/",
    "/_dev/requests",
    "/_dev/requests/newest",
    "/_dev/outbox",
    "/_dev/webhooks",
    "/_dev/people",
    "/_dev/faults",
    "/_dev/data",
    ROWS_OF_A_TABLE,
)
EVERY_PAGE = pytest.mark.parametrize("path", PAGES)
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])
WIDTHS = pytest.mark.parametrize("width", [320, 1280])
TAB_STOPS = 7


@pytest.fixture(scope="module", autouse=True)
def traffic(site: Site, ada: Account) -> None:
    """A request with a statement, one that is refused, a mail, and a fault in force."""
    site.create_issue(ada, "Oil the hinges")
    site.create_issue(site.sign_up(new_long_address(), "Katherine Johnson"), "Mend the lock")
    requests.get(f"{site.url}/api/me", timeout=15)
    requests.post(f"{site.url}/api/login", json={"email": new_address()}, timeout=15)
    site.new_account()
    fault = {"path": "/v1/never", "kind": "hang"}
    requests.post(f"{site.identity_url}/_admin/faults", json=fault, timeout=15)


def show(page: Page, path: str) -> None:
    """Opens a page; `newest` is the newest request that reached the handler."""
    if path.endswith("/newest"):
        page.goto("/_dev/requests?function=create")
        page.locator("tbody a").first.click()
        expect(page.get_by_role("heading", name="Waterfall")).to_be_visible()
    else:
        page.goto(path)
    expect(page.get_by_role("main")).to_be_visible()


@pytest.fixture
def opened(new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Opens a page in a new browser context."""

    def open_page(path: str, **options: object) -> Page:
        page = new_context(**options).new_page()
        show(page, path)
        return page

    return open_page


@SCHEMES
@WIDTHS
@EVERY_PAGE
def test_axe_finds_nothing(opened: Callable[..., Page], path: str, width: int, scheme: str) -> None:
    page = opened(path, color_scheme=scheme, viewport={"width": width, "height": 800})

    assert violations(page) == []


@EVERY_PAGE
def test_a_phone_needs_no_sideways_scrolling(opened: Callable[..., Page], path: str) -> None:
    page = opened(path, viewport={"width": 320, "height": 640})

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@EVERY_PAGE
def test_each_tab_stop_shows_its_focus(opened: Callable[..., Page], path: str) -> None:
    page = opened(path)

    for _ in range(TAB_STOPS):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_IS_VISIBLE)


@EVERY_PAGE
def test_the_first_tab_stop_skips_to_the_content(opened: Callable[..., Page], path: str) -> None:
    page = opened(path)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("main")).to_be_focused()


@EVERY_PAGE
def test_a_page_barely_shifts_while_it_loads(opened: Callable[..., Page], path: str) -> None:
    assert opened(path).evaluate(LAYOUT_SHIFT) <= GOOD_LAYOUT_SHIFT


@EVERY_PAGE
def test_a_page_logs_nothing_breaks_no_policy_and_asks_no_other_host(
    new_context: Callable[..., BrowserContext], site: Site, path: str
) -> None:
    page = new_context().new_page()
    complaints = collect_log(page)
    page.on("request", lambda sent: sent.url.startswith(site.url) or complaints.append(sent.url))
    show(page, path)
    page.wait_for_load_state("load")

    assert complaints == []


@EVERY_PAGE
def test_every_page_shows_what_is_in_force(opened: Callable[..., Page], path: str) -> None:
    in_force = opened(path).get_by_role("complementary", name="In force")

    expect(in_force).to_contain_text("Netlify Identity: the next call of /v1/never gets no answer")


def test_the_pages_take_less_than_40_kb_of_scripts(site: Site) -> None:
    names = ("page", "actions", "live", "refresh", "say")
    scripts = [requests.get(f"{site.url}/_dev/{name}.js", timeout=15) for name in names]

    assert sum(len(script.content) for script in scripts) < 40_000


def test_the_pages_are_served_with_a_strict_policy(site: Site) -> None:
    policy = requests.get(f"{site.url}/_dev/requests", timeout=15).headers[
        "content-security-policy"
    ]

    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
