"""The outbox, as a developer reads it."""

from __future__ import annotations

from collections.abc import Callable

import requests
from playwright.sync_api import BrowserContext, expect

from tests.e2e.browser.site import Site, new_address


def test_a_mail_appears_while_the_outbox_is_open(
    new_context: Callable[..., BrowserContext], site: Site
) -> None:
    page = new_context().new_page()
    page.goto("/_dev/outbox")
    email = new_address()

    requests.post(f"{site.url}/api/login", json={"email": email}, timeout=15)

    expect(page.get_by_role("listitem").filter(has_text=email)).to_be_visible()


def test_one_click_in_a_mail_signs_in(
    new_context: Callable[..., BrowserContext], site: Site
) -> None:
    context = new_context()
    page, email = context.new_page(), new_address()
    page.goto("/")
    page.get_by_label("E-mail for a magic link").fill(email)
    page.get_by_role("button", name="E-mail me a link").click()
    expect(page.get_by_role("heading", name="Check your mail")).to_be_visible()

    page.goto("/_dev/outbox")
    mail = page.get_by_role("listitem").filter(has_text=email)
    mail.get_by_role("link", name="Sign in").click()

    expect(page.locator("#me-email")).to_have_text(email)
