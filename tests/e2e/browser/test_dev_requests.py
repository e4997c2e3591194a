"""The pages of requests, as a developer uses them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import requests
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.browser.site import Account, Site, new_title

CREATED = "POST /.netlify/functions/create"


@pytest.fixture
def dev_page(new_context: Callable[..., BrowserContext]) -> Page:
    """The list of requests; the clipboard may be used."""
    context = new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto("/_dev/requests")
    return page


def open_newest(page: Page, function: str) -> None:
    page.goto(f"/_dev/requests?function={function}")
    page.locator("tbody a").first.click()
    expect(page.get_by_role("heading", name="Waterfall")).to_be_visible()


def test_a_request_appears_while_the_list_is_open(
    dev_page: Page, site: Site, grace: Account
) -> None:
    expect(dev_page.get_by_role("heading", name="Requests")).to_be_visible()
    newest = dev_page.locator("tbody a").first.get_attribute("id")

    site.create_issue(grace, new_title())

    expect(dev_page.locator("tbody tr").nth(1).locator("a")).to_have_attribute("id", str(newest))
    expect(dev_page.locator("tbody tr").first).to_contain_text("grace@example.com")


def test_the_focus_stays_on_its_request_when_another_one_arrives(
    dev_page: Page, site: Site, grace: Account
) -> None:
    site.create_issue(grace, new_title())
    dev_page.reload()
    link = dev_page.locator("tbody a").first
    link.focus()
    focused = link.get_attribute("id")
    site.create_issue(grace, new_title())

    expect(dev_page.locator("tbody tr").nth(1).locator("a")).to_have_attribute("id", str(focused))
    expect(dev_page.locator(f"#{focused}")).to_be_focused()


def test_a_filter_is_applied_when_it_is_chosen(dev_page: Page, site: Site, grace: Account) -> None:
    requests.get(f"{site.url}/api/me", timeout=15)
    site.create_issue(grace, new_title())
    dev_page.reload()
    dev_page.get_by_label("Status").select_option("4xx")

    expect(dev_page).to_have_url(re.compile("status=4xx"))
    expect(dev_page.locator("tbody tr").first).to_contain_text("no_credentials")
    expect(dev_page.locator(".chip.status-2xx")).to_have_count(0)


def test_the_waterfall_shows_a_statement_with_its_rows(
    dev_page: Page, site: Site, grace: Account
) -> None:
    site.create_issue(grace, new_title())
    open_newest(dev_page, "create")
    table = dev_page.get_by_role("table", name="Waterfall")

    expect(table.get_by_role("rowheader", name="Statement 1 row, 1 changed")).to_be_visible()
    expect(table).to_contain_text("INSERT INTO issues")


def test_a_request_is_sent_again_by_a_button(dev_page: Page, site: Site, grace: Account) -> None:
    site.create_issue(grace, new_title())
    open_newest(dev_page, "create")
    before = dev_page.url
    dev_page.get_by_role("button", name="Send again").click()

    expect(dev_page).not_to_have_url(before)
    expect(dev_page.get_by_role("heading", name=CREATED)).to_be_visible()


@pytest.mark.parametrize(
    ("button", "beginning"), [("Copy as curl", "curl -i "), ("Copy as event file", "{\n")]
)
def test_a_request_is_copied(
    dev_page: Page, site: Site, grace: Account, button: str, beginning: str
) -> None:
    site.create_issue(grace, new_title())
    open_newest(dev_page, "create")
    dev_page.get_by_role("link", name=button).click()

    expect(dev_page.get_by_role("status")).to_contain_text("Copied")
    assert dev_page.evaluate("navigator.clipboard.readText()").startswith(beginning)


def test_the_pages_work_without_a_script(
    new_context: Callable[..., BrowserContext], site: Site, grace: Account
) -> None:
    site.create_issue(grace, new_title())
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/_dev/requests")
    page.get_by_label("Function").select_option("create")
    page.get_by_role("button", name="Filter").click()
    page.locator("tbody a").first.click()
    page.get_by_role("button", name="Send again").click()

    expect(page.get_by_role("heading", name=CREATED)).to_be_visible()
