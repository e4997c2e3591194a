"""The page of people, as a developer uses it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e.browser.site import new_address


@pytest.fixture
def dev_page(new_context: Callable[..., BrowserContext]) -> Page:
    page = new_context().new_page()
    page.goto("/_dev/people")
    return page


def add(page: Page, email: str) -> Locator:
    """Adds somebody to Identity; answers their place in the list."""
    page.locator("#netlify-email").fill(email)
    page.get_by_role("button", name="Add to Netlify Identity").click()
    place = page.get_by_role("listitem").filter(has_text=email)
    expect(place).to_be_visible()
    return place


def test_somebody_is_added_promoted_and_deleted(dev_page: Page) -> None:
    email = new_address()
    place = add(dev_page, email)
    expect(dev_page.locator("#netlify-email")).to_have_value("")

    place.get_by_role("button", name="Make admin").click()
    expect(place.get_by_text("admin", exact=True)).to_be_visible()

    place.get_by_role("button", name="Delete").click()
    expect(dev_page.get_by_role("status")).to_have_text(f"{email} is deleted.")
    expect(place).to_have_count(0)


def test_a_refusal_is_told_in_the_words_of_the_provider(dev_page: Page) -> None:
    email = new_address()
    add(dev_page, email)
    dev_page.locator("#netlify-email").fill(email)
    dev_page.get_by_role("button", name="Add to Netlify Identity").click()

    expect(dev_page.get_by_role("status")).to_contain_text("already registered")
