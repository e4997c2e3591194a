"""The API page: Swagger UI over docs/openapi.yaml, and operations tried out from it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e.browser.conftest import OpenAs
from tests.e2e.browser.site import Account, Site

OPENAPI = yaml.safe_load((Path(__file__).parents[3] / "docs" / "openapi.yaml").read_text())
OPERATIONS = {
    f"{method.upper()} {path} {operation['summary']}"
    for path, item in OPENAPI["paths"].items()
    for method, operation in item.items()
    if method != "parameters"
}


@pytest.fixture
def api_page(page: Page) -> Page:
    """The page without a session."""
    page.goto("/_dev/api")
    return page


def watched(page: Page, site: Site) -> list[str]:
    """Grows with each console message (a violation of the page's policy is one), each exception
    and each request to another host.
    """
    complaints: list[str] = []
    own = (f"{site.url}/", "data:")
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda sent: sent.url.startswith(own) or complaints.append(sent.url))
    return complaints


def open_everything(page: Page) -> None:
    """Every operation, and every schema down to its last field."""
    expect(page.locator(".opblock-summary-control")).to_have_count(len(OPERATIONS))
    page.locator(".opblock-summary-control, .json-schema-2020-12-expand-deep-button").evaluate_all(
        "controls => controls.forEach((control) => control.click())"
    )
    expect(page.get_by_role("button", name="Execute")).to_have_count(len(OPERATIONS))


def section(page: Page, name: str) -> Locator:
    """The operation of this `operationId`."""
    return page.locator(f".opblock[id$='-{name}']")


def opened(page: Page, name: str) -> Locator:
    """The same, with all its details in sight."""
    operation = section(page, name)
    operation.locator(".opblock-summary-control").click()
    return operation


def execute(operation: Locator) -> Locator:
    """The running function's answer: its status and its body."""
    operation.get_by_role("button", name="Execute").click()
    return operation.locator(".live-responses-table .response")


def sign_in_by_mail(page: Page, site: Site, email: str) -> None:
    """Leaves a Stytch session in the browser's cookies."""
    page.get_by_label("E-mail for a magic link").fill(email)
    page.get_by_role("button", name="E-mail me a link").click()
    expect(page.get_by_role("heading", name="Check your mail")).to_be_visible()
    page.goto(site.mail_link(email))
    expect(page.locator("#me-email")).to_have_text(email)


def authorize(page: Page, token: str) -> None:
    page.get_by_role("button", name="Authorize").click()
    page.get_by_label("auth-bearer-value").fill(token)
    page.get_by_role("button", name="Apply credentials").first.click()
    page.get_by_role("button", name="Close").first.click()


def test_the_page_logs_nothing_breaks_no_policy_and_asks_no_other_host(
    new_context: Callable[..., BrowserContext], site: Site, grace: Account
) -> None:
    page = new_context().new_page()
    complaints = watched(page, site)
    page.goto("/_dev/api")
    open_everything(page)
    authorize(page, grace.access_token)
    expect(execute(section(page, "get_me"))).to_contain_text("grace@example.com")
    assert complaints == []


def test_every_operation_is_shown(api_page: Page) -> None:
    expect(api_page.locator(".opblock-summary-control")).to_have_count(len(OPERATIONS))
    texts = api_page.locator(".opblock-summary-control").all_inner_texts()

    shown = {" ".join(text.replace("\u200b", "").split()) for text in texts}
    assert shown == OPERATIONS


def test_every_schema_is_shown(api_page: Page) -> None:
    schemas = api_page.locator("section.models .json-schema-2020-12__title")

    expect(schemas).to_have_text(list(OPENAPI["components"]["schemas"]))


def test_an_operation_tells_where_else_it_answers(api_page: Page) -> None:
    operation = opened(api_page, "invite")

    expect(operation.get_by_role("row", name="x-function")).to_contain_text("invite")
    expect(operation.get_by_role("row", name="x-also-at")).to_contain_text("/invite_user")


def test_an_operation_tried_out_without_a_session_is_refused(api_page: Page) -> None:
    answer = execute(opened(api_page, "get_me"))

    expect(answer).to_contain_text("401")
    expect(answer).to_contain_text("no_credentials")


def test_an_operation_for_everyone_needs_no_session(api_page: Page) -> None:
    expect(execute(opened(api_page, "get_health"))).to_contain_text('"status": "ok"')


def test_an_operation_is_tried_out_as_who_is_signed_in_to_the_web_app(
    open_as: OpenAs, grace: Account
) -> None:
    answer = execute(opened(open_as(grace, "/_dev/api"), "get_me"))

    expect(answer).to_contain_text("200")
    expect(answer).to_contain_text('"email": "grace@example.com"')
    expect(answer).to_contain_text('"provider": "netlify"')


def test_an_operation_is_tried_out_with_the_session_of_a_magic_link(page: Page, site: Site) -> None:
    sign_in_by_mail(page, site, "grace@example.com")
    page.goto("/_dev/api")
    answer = execute(opened(page, "get_me"))

    expect(answer).to_contain_text("200")
    expect(answer).to_contain_text('"email": "grace@example.com"')
    expect(answer).to_contain_text('"provider": "stytch"')


def test_an_operation_is_tried_out_with_a_token_that_was_filled_in(
    api_page: Page, grace: Account
) -> None:
    authorize(api_page, grace.access_token)
    answer = execute(opened(api_page, "get_me"))

    expect(answer).to_contain_text("200")
    expect(answer).to_contain_text('"email": "grace@example.com"')


def test_a_body_is_sent_as_it_was_edited(open_as: OpenAs, grace: Account) -> None:
    operation = opened(open_as(grace, "/_dev/api"), "create_issue")
    operation.locator("textarea").fill('{"title": "Written on the API page"}')
    answer = execute(operation)

    expect(answer).to_contain_text("201")
    expect(answer).to_contain_text('"title": "Written on the API page"')
