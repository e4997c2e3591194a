"""The cookies of a page, as a test reads them."""

from __future__ import annotations

from playwright.sync_api import Page


def cookies_of(page: Page) -> dict[str, str]:
    """The browser's cookies by name, with everything that the page has written until now.

    Chromium goes on before it has stored what a page writes to `document.cookie`, and only a page
    that reads it waits for that. The browser itself, when asked, may still have the old ones.
    """
    page.evaluate("document.cookie")
    return {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
