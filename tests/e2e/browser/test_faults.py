"""What a person sees when a request fails. Playwright makes the faults, between page and server."""

from __future__ import annotations

import json

from playwright.sync_api import Page, Route, expect

from tests.e2e.browser.conftest import OpenAs
from tests.e2e.browser.site import Account, Site, new_address, new_title
from tests.e2e.browser.test_board import row

DETAIL = "The database did not answer."
REASON = "The value must not contain this word."
API = "**/api"


def answer_unavailable(route: Route) -> None:
    problem = {"status": 503, "title": "Unavailable", "detail": DETAIL, "code": "unavailable"}
    route.fulfill(status=503, content_type="application/problem+json", body=json.dumps(problem))


def refuse_field(route: Route, field: str) -> None:
    errors = [{"field": field, "detail": REASON}]
    problem = {"status": 422, "title": "Invalid", "code": "invalid_fields", "errors": errors}
    route.fulfill(status=422, content_type="application/problem+json", body=json.dumps(problem))


def refuse_title(route: Route) -> None:
    refuse_field(route, "title")


def refuse_email(route: Route) -> None:
    refuse_field(route, "email")


def deliver_and_lose_the_answer(route: Route) -> None:
    route.fetch()
    route.abort()


def add(page: Page, title: str) -> None:
    page.get_by_label("Title of the new issue").fill(title)
    page.get_by_role("button", name="Add issue").click()


def test_a_failed_list_says_why_and_can_be_retried(open_as: OpenAs, grace: Account) -> None:
    page = open_as(grace, "/404")
    page.route(f"{API}/issues?*", answer_unavailable, times=1)
    page.goto("/")
    alert = page.get_by_role("region", name="Issues").get_by_role("alert")
    expect(alert).to_contain_text(DETAIL)
    expect(alert).to_contain_text("temporary problem")
    alert.get_by_role("button", name="Try again").click()
    expect(alert).to_be_hidden()


def test_one_press_tries_every_column_again(open_as: OpenAs, grace: Account) -> None:
    page = open_as(grace, "/404")
    page.route(f"{API}/issues?*", answer_unavailable, times=3)
    page.goto("/")
    retries = page.get_by_role("button", name="Try again")
    expect(retries).to_have_count(3)

    retries.first.click()

    expect(retries).to_have_count(0)
    expect(page.get_by_role("region", name="Issues")).to_have_attribute("aria-busy", "false")


def test_a_failed_add_keeps_the_title_and_takes_the_row_back(
    open_as: OpenAs, grace: Account
) -> None:
    page = open_as(grace)
    page.route(f"{API}/issues", answer_unavailable)
    title = new_title()
    add(page, title)
    expect(page.locator("#add-form").get_by_role("alert")).to_contain_text(DETAIL)
    expect(page.get_by_label("Title of the new issue")).to_have_value(title)
    expect(row(page, title)).to_have_count(0)


def test_a_retry_after_a_lost_answer_adds_no_second_issue(
    open_as: OpenAs, site: Site, member: Account
) -> None:
    page = open_as(member)
    page.route(f"{API}/issues", deliver_and_lose_the_answer, times=1)
    title = new_title()
    add(page, title)
    expect(page.locator("#add-form").get_by_role("alert")).to_contain_text("could not be reached")
    page.get_by_role("button", name="Add issue").click()
    expect(row(page, title).get_by_role("button", name="Rename")).to_be_visible()
    assert site.titles_of(member) == [title]


def test_a_refused_title_is_explained_below_its_field(open_as: OpenAs, grace: Account) -> None:
    page = open_as(grace)
    page.route(f"{API}/issues", refuse_title)
    add(page, new_title())
    field = page.get_by_label("Title of the new issue")
    expect(field).to_have_accessible_description(REASON)
    expect(field).to_be_focused()
    expect(page.locator("#add-form [data-form-error]")).to_be_empty()


def test_a_refused_address_is_explained_below_its_field(open_as: OpenAs, ada: Account) -> None:
    page = open_as(ada, "/profile")
    page.route(f"{API}/invite", refuse_email)
    page.locator("#invite-form").get_by_label("E-mail").fill(new_address())
    page.get_by_role("button", name="Send invitation").click()
    field = page.locator("#invite-form").get_by_label("E-mail")
    expect(field).to_have_accessible_description(REASON)
    expect(field).to_have_accessible_name("E-mail")


def test_a_refused_field_that_the_form_does_not_have_is_explained_on_the_form(
    open_as: OpenAs, grace: Account
) -> None:
    page = open_as(grace)
    page.route(f"{API}/issues", refuse_email)
    add(page, new_title())
    expect(page.locator("#add-form").get_by_role("alert")).to_have_text(REASON)


def test_a_refused_rename_says_why(open_as: OpenAs, site: Site, grace: Account) -> None:
    title = new_title()
    site.create_issue(grace, title)
    page = open_as(grace)
    page.route(f"{API}/issues/*", refuse_title)
    row(page, title).get_by_role("button", name="Rename").click()
    page.keyboard.type("refused")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text(REASON)
    expect(row(page, title)).to_be_visible()


def test_a_failed_status_change_rolls_back(open_as: OpenAs, site: Site, grace: Account) -> None:
    title = new_title()
    site.create_issue(grace, title)
    page = open_as(grace)
    page.route(f"{API}/issues/*", answer_unavailable)
    row(page, title).get_by_label("Status of").select_option("done")
    expect(page.locator(".toast")).to_contain_text(DETAIL)
    expect(page.locator(".toast")).to_contain_text(f"“{title}” is back in “To do”.")
    expect(row(page, title).get_by_label("Status of")).to_have_value("to-do")


def test_a_failed_status_change_can_be_retried(open_as: OpenAs, site: Site, grace: Account) -> None:
    title = new_title()
    site.create_issue(grace, title)
    page = open_as(grace)
    page.route(f"{API}/issues/*", answer_unavailable, times=1)
    row(page, title).get_by_label("Status of").select_option("done")
    retry = page.locator(".toast").get_by_role("button", name="Try again")
    expect(retry).to_be_visible()
    with page.expect_response("**/api/issues/*") as answer:
        retry.click()
    assert answer.value.json()["status"] == "done"


def test_a_failed_rename_rolls_back(open_as: OpenAs, site: Site, grace: Account) -> None:
    title = new_title()
    site.create_issue(grace, title)
    page = open_as(grace)
    page.route(f"{API}/issues/*", answer_unavailable)
    row(page, title).get_by_role("button", name="Rename").click()
    page.keyboard.type("never stored")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text(f"“{title}” keeps its title.")
    expect(page.locator(".toast")).to_contain_text(DETAIL)
    expect(row(page, title)).to_be_visible()


def test_a_failed_deletion_brings_the_issue_back(
    open_as: OpenAs, site: Site, grace: Account
) -> None:
    title = new_title()
    site.create_issue(grace, title)
    page = open_as(grace)
    page.route(f"{API}/issues/*", answer_unavailable)
    row(page, title).get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Dismiss").click()
    expect(page.locator(".toast")).to_contain_text(f"“{title}” was not deleted. {DETAIL}")
    expect(row(page, title)).to_be_visible()


def test_a_fault_while_loading_the_profile_does_not_sign_out(
    open_as: OpenAs, grace: Account
) -> None:
    page = open_as(grace, "/404")
    page.route(f"{API}/me", answer_unavailable, times=1)
    page.goto("/profile")
    page.get_by_role("alert").get_by_role("button", name="Try again").click()
    expect(page.locator("#me-email")).to_have_text(grace.email)
