"""The page of faults, as a developer uses it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import requests
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.browser.site import Site


@pytest.fixture
def dev_page(new_context: Callable[..., BrowserContext], site: Site) -> Iterator[Page]:
    """The page of faults; afterwards, nothing is planned."""
    page = new_context().new_page()
    page.goto("/_dev/faults")
    yield page
    requests.post(f"{site.url}/_dev/faults/forget", timeout=15)
    requests.post(f"{site.url}/_dev/faults/reset", timeout=15)


def test_a_fault_is_planned_and_happens(dev_page: Page, site: Site) -> None:
    card = dev_page.locator("#netlify-identity")
    card.get_by_label("The next call of").select_option("signing up")
    card.get_by_label("does this").select_option("answers 503")
    card.get_by_role("button", name="Plan it").click()

    in_force = dev_page.locator("#in-force")
    expect(in_force).to_contain_text("the next call of /signup answers 503")
    assert requests.post(f"{site.identity_url}/signup", timeout=15).status_code == 503
    expect(in_force).not_to_contain_text("/signup")


def test_the_keyboard_alone_moves_the_time(dev_page: Page) -> None:
    dev_page.get_by_role("button", name="7 days later").focus()
    dev_page.keyboard.press("Enter")

    expect(dev_page.get_by_role("status")).to_have_text("It is 7 days later at the providers.")
    expect(dev_page.get_by_role("button", name="Back to now")).to_be_visible()


def test_what_is_being_chosen_survives_a_change_elsewhere(dev_page: Page, site: Site) -> None:
    count = dev_page.locator("#stytch").get_by_label("so many times")
    count.fill("7")
    requests.post(f"{site.url}/_dev/faults/advance", data={"seconds": "3600"}, timeout=15)

    expect(dev_page.get_by_role("button", name="Back to now")).to_be_visible()
    expect(count).to_have_value("7")


def test_a_refusal_is_told(dev_page: Page) -> None:
    card = dev_page.locator("#stytch")
    card.get_by_label("so many times").evaluate("field => (field.type = 'text')")
    card.get_by_label("so many times").fill("many")
    card.get_by_role("button", name="Plan it").click()

    expect(dev_page.get_by_role("status")).to_contain_text("a whole number of calls")
