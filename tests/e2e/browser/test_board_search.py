"""Searching the board by the beginning of a title."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser.conftest import OpenAs
from tests.e2e.browser.site import Account, Site, new_title
from tests.e2e.browser.test_board import row
from tests.e2e.browser.test_board_address import is_loaded, radio


@pytest.fixture
def oil(site: Site, member: Account) -> str:
    title = new_title("Oil")
    site.create_issue(member, title)
    site.create_issue(member, new_title("Mend"))
    return title


@pytest.fixture
def page(open_as: OpenAs, member: Account, oil: str) -> Page:
    """The member's own issues."""
    page = open_as(member, "/?assignee=me")
    expect(row(page, oil)).to_be_visible()
    return page


def search(page: Page) -> Locator:
    return page.get_by_label("Search: the title begins with")


def test_a_search_shows_titles_that_begin_with_it_and_says_so(page: Page, oil: str) -> None:
    search(page).fill("oil")
    expect(row(page, "Mend")).to_have_count(0)
    expect(row(page, oil)).to_be_visible()
    said = "Your issues with titles that begin with “oil”, in the order of titles."
    expect(page.get_by_text(said)).to_be_visible()


def test_a_search_is_in_the_address_and_survives_a_reload(page: Page, oil: str) -> None:
    search(page).fill("oil")
    expect(page).to_have_url(re.compile("title=oil$"))
    page.reload()
    expect(search(page)).to_have_value("oil")
    expect(row(page, oil)).to_be_visible()


def test_a_search_is_one_step_in_the_history_however_it_was_typed(page: Page, oil: str) -> None:
    for text in ("o", "oi", "oil"):
        search(page).fill(text)
        expect(page).to_have_url(re.compile(f"title={text}$"))
    page.go_back()
    expect(search(page)).to_have_value("")
    expect(row(page, "Mend")).to_be_visible()


def test_a_search_and_a_status_meet(page: Page, oil: str) -> None:
    search(page).fill("oil")
    expect(row(page, "Mend")).to_have_count(0)
    radio(page, "Done")
    said = "You have no issues that are done with titles that begin with “oil”."
    expect(page.locator("#nothing").get_by_text(said)).to_be_visible()


def test_nothing_found_leads_back_to_all_issues(page: Page, oil: str) -> None:
    search(page).fill("no such title")
    page.get_by_role("button", name="Show all issues").click()
    expect(search(page)).to_have_value("")
    expect(row(page, oil)).to_be_visible()


def test_an_added_issue_that_is_not_found_by_the_search_is_said_to_be_hidden(
    page: Page, oil: str
) -> None:
    search(page).fill("oil")
    expect(row(page, "Mend")).to_have_count(0)
    title = new_title("Paint")
    page.get_by_label("Title of the new issue").fill(title)
    page.get_by_role("button", name="Add issue").click()
    expect(page.get_by_text("Added. It does not match the filter")).to_be_visible()
    expect(row(page, title)).to_have_count(0)


def test_a_renamed_issue_moves_to_its_place_among_the_titles(
    open_as: OpenAs, site: Site, member: Account
) -> None:
    for title in ("oil a", "oil b", "oil c"):
        site.create_issue(member, title)
    page = open_as(member, "/?assignee=me&title=oil&status=to-do")
    row(page, "oil a").get_by_role("button", name="Rename").click()
    page.keyboard.type("oil d")
    page.keyboard.press("Enter")
    expect(page.locator("#issues").get_by_role("listitem")).to_contain_text(
        ["oil b", "oil c", "oil d"]
    )


def test_the_next_page_of_a_search(open_as: OpenAs, site: Site, member: Account) -> None:
    for number in range(26):
        site.create_issue(member, f"Oil hinge {number:02}")
    page = open_as(member, "/?assignee=me&title=oil+hinge&status=to-do")
    is_loaded(page)
    expect(row(page, "Oil hinge 25")).to_have_count(0)
    page.get_by_role("button", name="Load more").click()
    expect(row(page, "Oil hinge 25")).to_be_visible()
