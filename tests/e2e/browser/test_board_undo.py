"""Deleting an issue, and undoing it; and the messages, of which there is one at a time."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser.conftest import OpenAs
from tests.e2e.browser.site import Account, Site, new_title
from tests.e2e.browser.test_board import row

DELETIONS = "**/api/issues/*"
A_LITTLE_LATER = 11_000  # milliseconds; the message stays for ten seconds
HAS_NO_ISSUES = """async (token) => {
  const headers = { Authorization: `Bearer ${token}` };
  const answer = await fetch("/.netlify/functions/get?assignee=me", { headers });
  return (await answer.json()).length === 0;
}"""
NOTHING_IS_BEHIND_THE_TOAST = """() => {
  const toasts = document.querySelector("#toasts").getBoundingClientRect();
  const last = [...document.querySelectorAll("main *")]
    .filter((element) => element.checkVisibility())
    .map((element) => element.getBoundingClientRect().bottom);
  return Math.max(...last) <= toasts.top;
}"""


@pytest.fixture
def title(site: Site, member: Account) -> str:
    title = new_title()
    site.create_issue(member, title)
    return title


@pytest.fixture
def page(open_as: OpenAs, member: Account, title: str) -> Page:
    """The member's board with one issue, whose clock the test moves."""
    page = open_as(member, "/404")
    page.clock.install()
    page.goto("/?assignee=me")
    expect(row(page, title)).to_be_visible()
    return page


def delete(page: Page, title: str) -> None:
    row(page, title).get_by_role("button", name="Delete").click()
    expect(toast(page)).to_contain_text(f"“{title}” was deleted.")


def toast(page: Page) -> Locator:
    return page.locator(".toast")


def test_a_deleted_issue_is_gone_at_once(page: Page, title: str) -> None:
    delete(page, title)
    expect(row(page, title)).to_have_count(0)


def test_undo_brings_an_issue_back_which_was_never_deleted(
    page: Page, site: Site, member: Account, title: str
) -> None:
    delete(page, title)
    page.get_by_role("button", name="Undo").click()
    expect(row(page, title)).to_be_visible()
    page.clock.fast_forward(A_LITTLE_LATER)
    page.reload()
    expect(row(page, title)).to_be_visible()
    assert site.titles_of(member) == [title]


def test_undo_gives_the_focus_to_what_it_brought_back(page: Page, title: str) -> None:
    delete(page, title)
    page.get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label(f"Status of “{title}”")).to_be_focused()


def test_the_keys_for_undo_bring_it_back_as_well(page: Page, title: str) -> None:
    delete(page, title)
    page.get_by_role("heading", name="Issues", exact=True).click()
    page.keyboard.press("Control+z")
    expect(row(page, title)).to_be_visible()


def test_the_keys_for_undo_leave_what_was_typed_before(page: Page, title: str) -> None:
    field = page.get_by_label("Title of the new issue")
    field.press_sequentially("Oil the")
    delete(page, title)
    page.get_by_role("heading", name="Issues", exact=True).click()

    page.keyboard.press("Control+z")

    expect(page.get_by_label(f"Status of “{title}”")).to_be_focused()
    expect(field).to_have_value("Oil the")


def test_the_deletion_is_sent_when_its_message_goes(
    page: Page, site: Site, member: Account, title: str
) -> None:
    delete(page, title)
    assert site.titles_of(member) == [title]
    page.mouse.move(0, 0)
    with page.expect_response(DELETIONS):
        page.clock.fast_forward(A_LITTLE_LATER)
    expect(toast(page)).to_have_count(0)
    assert site.titles_of(member) == []


def test_the_message_stays_while_it_is_pointed_at(
    page: Page, site: Site, member: Account, title: str
) -> None:
    delete(page, title)
    toast(page).hover()
    page.clock.fast_forward(A_LITTLE_LATER)
    expect(toast(page)).to_be_visible()
    assert site.titles_of(member) == [title]


def test_the_deletion_is_sent_when_the_page_is_left(
    page: Page, member: Account, title: str
) -> None:
    delete(page, title)
    page.goto("/profile")
    page.wait_for_function(HAS_NO_ISSUES, arg=member.access_token)


def test_the_deletion_is_sent_before_its_owner_signs_out(
    page: Page, site: Site, member: Account, title: str
) -> None:
    delete(page, title)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    assert site.titles_of(member) == []


def test_an_issue_that_is_being_deleted_stays_away_when_the_list_loads(
    page: Page, title: str
) -> None:
    delete(page, title)
    with page.expect_response("**/api/issues?*"):
        page.get_by_role("radio", name="To do").check(force=True)
    expect(page.get_by_role("region", name="Issues")).to_have_attribute("aria-busy", "false")
    expect(row(page, title)).to_have_count(0)


def test_another_message_takes_the_place_of_the_one_before(
    page: Page, site: Site, member: Account, title: str
) -> None:
    other = new_title("Another")
    site.create_issue(member, other)
    page.reload()
    delete(page, title)
    with page.expect_response(DELETIONS):
        delete(page, other)
    expect(toast(page)).to_have_count(1)
    assert site.titles_of(member) == [other]


def test_a_message_covers_nothing_at_the_end_of_a_long_page(
    open_as: OpenAs, site: Site, member: Account
) -> None:
    titles = [f"One of many {number}" for number in range(12)]
    for title in titles:
        site.create_issue(member, title)
    page = open_as(member, "/?assignee=me", viewport={"width": 320, "height": 640})
    delete(page, titles[11])
    page.mouse.wheel(0, 10_000)
    expect(row(page, titles[0])).to_be_in_viewport()
    page.wait_for_function(NOTHING_IS_BEHIND_THE_TOAST)


def test_what_gets_the_focus_is_not_behind_a_message(
    open_as: OpenAs, site: Site, member: Account
) -> None:
    titles = [f"One of many {number}" for number in range(12)]
    for title in titles:
        site.create_issue(member, title)
    page = open_as(member, "/?assignee=me", viewport={"width": 320, "height": 640})
    delete(page, titles[11])
    lower = row(page, titles[5]).get_by_role("button", name="Delete")
    lower.focus()
    focused, message = lower.bounding_box(), page.locator("#toasts").bounding_box()
    assert focused
    assert message
    assert focused["y"] + focused["height"] <= message["y"]
