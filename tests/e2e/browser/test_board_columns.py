"""The board's columns: one for each status where there is room, and moving from one to another."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser.conftest import OpenAs
from tests.e2e.browser.site import Account, Site, new_title
from tests.e2e.browser.test_board import row
from tests.e2e.browser.test_faults import API, DETAIL, answer_unavailable

PHONE = {"width": 320, "height": 640}


def column(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def issues_in(page: Page, name: str, title: str) -> Locator:
    return column(page, name).get_by_role("listitem").filter(has_text=title)


def drag(page: Page, title: str, to: str) -> None:
    expect(row(page, title)).to_be_visible()
    row(page, title).drag_to(column(page, to).get_by_role("heading"))


def status_of(page: Page, title: str) -> Locator:
    return page.get_by_label(f"Status of “{title}”")


def test_each_status_has_a_column_where_there_is_room(
    open_as: OpenAs, site: Site, member: Account
) -> None:
    waiting, finished = new_title("Waiting"), new_title("Finished")
    site.create_issue(member, waiting)
    issue = site.create_issue(member, finished)
    site.call(member, "PATCH", f"/update/issues/{issue['id']}", json={"status": "done"})
    page = open_as(member)
    expect(issues_in(page, "To do", waiting)).to_be_visible()
    expect(issues_in(page, "Done", finished)).to_be_visible()
    expect(column(page, "In progress")).to_be_visible()


def test_a_phone_has_one_list(open_as: OpenAs, site: Site, member: Account) -> None:
    title = new_title()
    site.create_issue(member, title)
    page = open_as(member, viewport=PHONE)
    expect(row(page, title)).to_be_visible()
    expect(column(page, "To do")).to_have_count(0)


def test_a_window_that_becomes_wide_gets_columns(
    open_as: OpenAs, site: Site, member: Account
) -> None:
    title = new_title()
    site.create_issue(member, title)
    page = open_as(member, viewport=PHONE)
    expect(row(page, title)).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(issues_in(page, "To do", title)).to_be_visible()


def test_a_drag_moves_an_issue_to_another_column(
    open_as: OpenAs, site: Site, member: Account
) -> None:
    title = new_title()
    site.create_issue(member, title)
    page = open_as(member, "/?assignee=me")
    with page.expect_response("**/api/issues/*"):
        drag(page, title, "Done")
    page.reload()
    expect(issues_in(page, "Done", title)).to_be_visible()


def test_the_arrow_keys_on_its_status_move_an_issue(
    open_as: OpenAs, site: Site, member: Account
) -> None:
    title = new_title()
    site.create_issue(member, title)
    page = open_as(member)
    status_of(page, title).focus()
    with page.expect_response("**/api/issues/*"):
        page.keyboard.press("ArrowRight")
    expect(issues_in(page, "In progress", title)).to_be_visible()
    expect(status_of(page, title)).to_be_focused()


def test_the_last_of_many_moves_wins(open_as: OpenAs, site: Site, member: Account) -> None:
    title = new_title()
    site.create_issue(member, title)
    page = open_as(member)
    status_of(page, title).focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)
    expect(row(page, title)).to_have_attribute("aria-busy", "false")
    expect(issues_in(page, "In progress", title)).to_be_visible()
    [issue] = site.call(member, "GET", "/get?assignee=me")
    assert issue["status"] == "in progress"


def test_a_move_is_told_to_screen_readers(open_as: OpenAs, site: Site, member: Account) -> None:
    title = new_title()
    site.create_issue(member, title)
    page = open_as(member)
    status_of(page, title).select_option("done")
    expect(page.locator("#spoken")).to_have_text(f"“{title}” is now in “Done”.")


def test_a_moved_issue_stands_where_a_reload_shows_it(
    open_as: OpenAs, site: Site, member: Account
) -> None:
    older, newer = new_title("Older"), new_title("Newer")
    issue = site.create_issue(member, older)
    site.create_issue(member, newer)
    site.call(member, "PATCH", f"/update/issues/{issue['id']}", json={"status": "done"})
    page = open_as(member, "/?assignee=me")
    status_of(page, newer).select_option("done")
    expect(column(page, "Done").get_by_role("listitem").nth(0)).to_contain_text(newer)
    expect(column(page, "Done").get_by_role("listitem").nth(1)).to_contain_text(older)


def test_a_move_that_fails_goes_back_to_its_column(
    open_as: OpenAs, site: Site, member: Account
) -> None:
    title = new_title()
    site.create_issue(member, title)
    page = open_as(member, "/?assignee=me")
    page.route(f"{API}/issues/*", answer_unavailable)
    drag(page, title, "Done")
    expect(page.locator(".toast")).to_contain_text(f"“{title}” is back in “To do”. {DETAIL}")
    expect(issues_in(page, "To do", title)).to_be_visible()


def test_the_issue_of_another_member_cannot_be_dragged(
    open_as: OpenAs, site: Site, member: Account, grace: Account
) -> None:
    title = new_title()
    site.create_issue(grace, title)
    page = open_as(member)
    expect(issues_in(page, "To do", title)).not_to_have_attribute("draggable", "true")


def test_a_column_says_how_many_issues_it_shows(
    open_as: OpenAs, site: Site, member: Account
) -> None:
    site.create_issue(member, new_title())
    issue = site.create_issue(member, new_title())
    page = open_as(member, "/?assignee=me")
    expect(column(page, "To do").get_by_role("heading")).to_have_text("To do 2")
    status_of(page, issue["title"]).select_option("done")
    expect(column(page, "To do").get_by_role("heading")).to_have_text("To do 1")
    expect(column(page, "Done").get_by_role("heading")).to_have_text("Done 1")
