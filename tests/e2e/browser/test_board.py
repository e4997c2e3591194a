"""The issue board, against the real functions and database."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.browser.conftest import OpenAs
from tests.e2e.browser.site import Account, Site, new_title
from tests.e2e.browser.test_profile import delete_account

COVERS_ITS_ROW = """(field) => {
  const [inner, outer] = [field, field.closest("li")].map((one) => one.getBoundingClientRect());
  return inner.width >= outer.width - 2 && inner.height >= outer.height - 2;
}"""
XSS = "<img src=x onerror=alert(1)>"


def add_issue(page: Page, title: str) -> Locator:
    page.get_by_label("Title of the new issue").fill(title)
    page.get_by_role("button", name="Add issue").click()
    added = row(page, title)
    expect(added.get_by_role("button", name="Rename")).to_be_visible()
    return added


def row(page: Page, title: str) -> Locator:
    return page.get_by_role("region", name="Issues").get_by_role("listitem").filter(has_text=title)


def test_an_added_issue_is_on_the_board_after_a_reload(open_as: OpenAs, ada: Account) -> None:
    page = open_as(ada)
    title = new_title()
    add_issue(page, title)
    page.reload()
    expect(row(page, title)).to_contain_text("Ada Lovelace")


def test_the_newest_issue_is_on_top(open_as: OpenAs, ada: Account) -> None:
    page = open_as(ada)
    title = new_title()
    add_issue(page, title)
    expect(page.get_by_role("listitem").first).to_contain_text(title)


def test_the_field_is_empty_after_adding(open_as: OpenAs, ada: Account) -> None:
    page = open_as(ada)
    add_issue(page, new_title())
    expect(page.get_by_label("Title of the new issue")).to_have_value("")


def test_a_title_of_spaces_is_refused_below_its_field(open_as: OpenAs, ada: Account) -> None:
    page = open_as(ada)
    page.get_by_label("Title of the new issue").fill("   ")
    page.get_by_role("button", name="Add issue").click()
    field = page.get_by_label("Title of the new issue")
    expect(field).to_have_accessible_description(re.compile("must not be empty"))


def test_the_explanation_goes_when_somebody_types(open_as: OpenAs, ada: Account) -> None:
    page = open_as(ada)
    field = page.get_by_label("Title of the new issue")
    field.fill("   ")
    page.get_by_role("button", name="Add issue").click()
    expect(page.get_by_text("must not be empty")).to_be_visible()

    field.fill("Oil the hinges")

    expect(page.get_by_text("must not be empty")).to_have_count(0)
    expect(field).to_have_accessible_description("")


def test_a_double_click_adds_one_issue(open_as: OpenAs, site: Site, member: Account) -> None:
    page = open_as(member)
    title = new_title()
    page.get_by_label("Title of the new issue").fill(title)
    page.get_by_role("button", name="Add issue").dblclick()
    expect(row(page, title).get_by_role("button", name="Rename")).to_be_visible()
    assert site.titles_of(member) == [title]


def test_an_issue_added_while_the_list_loads_is_not_lost(open_as: OpenAs, member: Account) -> None:
    page = open_as(member, "/404")
    held: list[Route] = []
    page.route("**/api/issues?*", lambda route: held.append(route), times=1)
    page.goto("/?status=to-do")
    title = new_title()
    page.get_by_label("Title of the new issue").fill(title)
    with page.expect_response("**/api/issues"):
        page.get_by_role("button", name="Add issue").click()
    expect(page.get_by_label("Title of the new issue")).to_have_value("")
    held[0].fulfill(json=[])
    expect(page.get_by_role("region", name="Issues")).to_have_attribute("aria-busy", "false")
    expect(row(page, title)).to_be_visible()


def test_markup_in_a_title_is_shown_as_text(open_as: OpenAs, member: Account) -> None:
    page = open_as(member)
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    added = add_issue(page, f"{XSS} {new_title()}")
    expect(added).to_contain_text(XSS)
    assert dialogs == []


def test_a_changed_status_survives_a_reload(open_as: OpenAs, site: Site, member: Account) -> None:
    title = new_title()
    site.create_issue(member, title)
    page = open_as(member)
    with page.expect_response("**/api/issues/*"):
        row(page, title).get_by_label("Status of").select_option("in progress")
    page.reload()
    expect(row(page, title).get_by_label("Status of")).to_have_value("in progress")


def test_a_renamed_issue_keeps_its_new_title(open_as: OpenAs, site: Site, member: Account) -> None:
    title, better = new_title(), new_title("Oil every hinge")
    site.create_issue(member, title)
    page = open_as(member)
    row(page, title).get_by_role("button", name="Rename").click()
    with page.expect_response("**/api/issues/*"):
        page.get_by_label("New title").locator("visible=true").fill(better)
        page.keyboard.press("Enter")
    page.reload()
    expect(row(page, better)).to_be_visible()


def test_the_field_of_a_title_covers_its_row(open_as: OpenAs, site: Site, member: Account) -> None:
    title = new_title()
    site.create_issue(member, title)
    page = open_as(member, "/?assignee=me")
    before = row(page, title).bounding_box()
    row(page, title).get_by_role("button", name="Rename").click()
    field = page.get_by_label("New title").locator("visible=true")
    edited = page.get_by_role("listitem").filter(has=field)
    assert edited.bounding_box() == before
    assert field.evaluate(COVERS_ITS_ROW)


def test_a_title_that_was_clicked_away_from_is_kept(
    open_as: OpenAs, site: Site, member: Account
) -> None:
    title, better = new_title(), new_title("Oil every hinge")
    site.create_issue(member, title)
    page = open_as(member)
    row(page, title).get_by_role("button", name="Rename").click()
    page.keyboard.type(better)
    with page.expect_response("**/api/issues/*"):
        page.get_by_role("heading", name="Issues", exact=True).click()
    assert site.titles_of(member) == [better]


def test_escape_leaves_a_title_as_it_was(open_as: OpenAs, site: Site, member: Account) -> None:
    title = new_title()
    site.create_issue(member, title)
    page = open_as(member)
    row(page, title).get_by_role("button", name="Rename").click()
    page.keyboard.type("something else")
    page.keyboard.press("Escape")
    expect(row(page, title)).to_be_visible()
    assert site.titles_of(member) == [title]


def test_the_status_filter_shows_that_status_only(
    open_as: OpenAs, site: Site, member: Account
) -> None:
    waiting, finished = new_title("Waiting"), new_title("Finished")
    site.create_issue(member, waiting)
    issue = site.create_issue(member, finished)
    site.call(member, "PATCH", f"/update/issues/{issue['id']}", json={"status": "done"})
    page = open_as(member)
    page.get_by_role("radio", name="Done").check(force=True)
    expect(row(page, finished)).to_be_visible()
    expect(row(page, waiting)).to_have_count(0)


def test_mine_only_hides_the_issues_of_others(
    open_as: OpenAs, site: Site, member: Account, grace: Account
) -> None:
    mine, theirs = new_title("Mine"), new_title("Theirs")
    site.create_issue(member, mine)
    site.create_issue(grace, theirs)
    page = open_as(member)
    expect(row(page, theirs)).to_be_visible()
    page.get_by_label("Mine only").check()
    expect(row(page, theirs)).to_have_count(0)
    expect(row(page, mine)).to_be_visible()


def test_an_issue_that_leaves_the_filter_leaves_the_list(
    open_as: OpenAs, site: Site, member: Account
) -> None:
    title = new_title()
    site.create_issue(member, title)
    page = open_as(member)
    with page.expect_response("**/api/issues?*status=to-do*"):
        page.get_by_role("radio", name="To do").check(force=True)
    expect(page.get_by_role("region", name="Issues")).to_have_attribute("aria-busy", "false")
    row(page, title).get_by_label("Status of").select_option("done")
    expect(row(page, title)).to_have_count(0)
    expect(page.get_by_text("so this list does not show it")).to_be_visible()


def test_load_more_brings_the_next_page(open_as: OpenAs, site: Site, member: Account) -> None:
    oldest = new_title("The oldest")
    site.create_issue(member, oldest)
    for number in range(25):
        site.create_issue(member, f"Newer {number}")
    page = open_as(member, "/?assignee=me&status=to-do")
    expect(page.get_by_role("region", name="Issues")).to_have_attribute("aria-busy", "false")
    expect(row(page, oldest)).to_have_count(0)
    page.get_by_role("button", name="Load more").click()
    expect(row(page, oldest)).to_be_visible()
    expect(page.get_by_role("button", name="Load more")).to_be_hidden()


def test_a_member_sees_no_controls_on_the_issues_of_others(
    open_as: OpenAs, site: Site, member: Account, grace: Account
) -> None:
    title = new_title()
    site.create_issue(grace, title)
    page = open_as(member)
    expect(row(page, title)).to_be_visible()
    expect(row(page, title).get_by_role("button")).to_have_count(0)
    expect(row(page, title).get_by_role("combobox")).to_have_count(0)


def test_an_admin_may_change_the_issues_of_others(
    open_as: OpenAs, site: Site, ada: Account, grace: Account
) -> None:
    title = new_title()
    site.create_issue(grace, title)
    page = open_as(ada)
    with page.expect_response("**/api/issues/*") as answer:
        row(page, title).get_by_label("Status of").select_option("done")
    assert answer.value.status == 200


def test_the_other_account_of_an_address_keeps_its_issues(
    open_as: OpenAs, page: Page, site: Site, member: Account
) -> None:
    title = new_title()
    page.get_by_label("E-mail for a magic link").fill(member.email)
    page.get_by_role("button", name="E-mail me a link").click()
    expect(page.get_by_role("heading", name="Check your mail")).to_be_visible()
    page.goto(site.mail_link(member.email))
    expect(page.locator("#me-email")).to_have_text(member.email)
    page.goto("/?assignee=me")
    page.get_by_label("Title of the new issue").fill(title)
    page.get_by_role("button", name="Add issue").click()
    expect(page.get_by_role("button", name=f"Rename “{title}”")).to_be_visible()
    other = open_as(member, "/profile")
    delete_account(other, member.email)
    expect(other.get_by_text("Your account and everything that belonged")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name=f"Rename “{title}”")).to_be_visible()
