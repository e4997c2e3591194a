"""The address of the board holds what it shows: it can be reloaded, shared, and gone back to."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser.conftest import OpenAs
from tests.e2e.browser.site import Account, Site, new_title
from tests.e2e.browser.test_board import row


def radio(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).check(force=True)


def is_loaded(page: Page) -> None:
    expect(page.get_by_role("region", name="Issues")).to_have_attribute("aria-busy", "false")


@pytest.fixture
def many(site: Site, member: Account) -> str:
    """The title of the oldest of 26 issues, which is on the second page."""
    oldest = new_title("The oldest")
    site.create_issue(member, oldest)
    for number in range(25):
        site.create_issue(member, f"Newer {number}")
    return oldest


def test_a_filter_is_in_the_address(open_as: OpenAs, member: Account) -> None:
    page = open_as(member)
    radio(page, "In progress")
    page.get_by_label("Mine only").check()
    expect(page).to_have_url(re.compile(r"/\?status=in\+progress&assignee=me$"))


def test_a_filter_survives_a_reload(open_as: OpenAs, member: Account) -> None:
    page = open_as(member, "/?status=done&assignee=me")
    expect(page.get_by_role("radio", name="Done")).to_be_checked()
    expect(page.get_by_label("Mine only")).to_be_checked()
    expect(page.get_by_text("Your issues that are done, newest first.")).to_be_visible()


def test_back_and_forward_change_the_filter(open_as: OpenAs, site: Site, member: Account) -> None:
    title = new_title()
    site.create_issue(member, title)
    page = open_as(member, "/?assignee=me")
    radio(page, "Done")
    expect(row(page, title)).to_have_count(0)
    page.go_back()
    expect(page.get_by_role("radio", name="All")).to_be_checked()
    expect(row(page, title)).to_be_visible()
    page.go_forward()
    expect(page.get_by_role("radio", name="Done")).to_be_checked()
    expect(row(page, title)).to_have_count(0)


def test_the_pages_that_are_shown_survive_a_reload(
    open_as: OpenAs, member: Account, many: str
) -> None:
    page = open_as(member, "/?assignee=me&status=to-do")
    page.get_by_role("button", name="Load more").click()
    expect(page).to_have_url(re.compile("pages=2"))
    page.reload()
    expect(row(page, many)).to_be_visible()


def test_back_shows_one_page_again(open_as: OpenAs, member: Account, many: str) -> None:
    page = open_as(member, "/?assignee=me&status=to-do")
    page.get_by_role("button", name="Load more").click()
    expect(row(page, many)).to_be_visible()
    page.go_back()
    expect(row(page, many)).to_have_count(0)
    expect(page.get_by_role("button", name="Load more")).to_be_visible()


def test_nonsense_in_the_address_is_left_out(open_as: OpenAs, member: Account) -> None:
    page = open_as(member, "/?status=<b>&assignee=you&pages=-3")
    is_loaded(page)
    expect(page.get_by_role("radio", name="All")).to_be_checked()
    expect(page.get_by_text("All issues, newest first.")).to_be_visible()


def test_an_empty_list_says_what_it_looked_for(open_as: OpenAs, member: Account) -> None:
    page = open_as(member, "/?status=in+progress&assignee=me")
    expect(page.get_by_text("You have no issues in progress.")).to_be_visible()


def test_an_empty_column_says_what_it_looked_for(
    open_as: OpenAs, site: Site, member: Account
) -> None:
    site.create_issue(member, new_title())
    page = open_as(member, "/?assignee=me")
    done = page.get_by_role("region", name="Done", exact=True)
    expect(done.get_by_text("You have no issues that are done.")).to_be_visible()


def test_an_empty_board_without_a_filter_says_what_to_do(open_as: OpenAs, member: Account) -> None:
    page = open_as(member, "/404")
    page.route("**/api/issues?*", lambda route: route.fulfill(json=[]))
    page.goto("/")
    expect(page.get_by_text("There are no issues yet. Add the first one above.")).to_be_visible()
    expect(page.get_by_role("button", name="Show all issues")).to_be_hidden()


def test_an_empty_list_leads_back_to_all_issues(
    open_as: OpenAs, site: Site, member: Account, grace: Account
) -> None:
    title = new_title()
    site.create_issue(grace, title)
    page = open_as(member, "/?assignee=me")
    page.get_by_role("button", name="Show all issues").click()
    expect(row(page, title)).to_be_visible()
