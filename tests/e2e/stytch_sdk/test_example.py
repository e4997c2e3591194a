"""The example of docs/front-ends.md with Stytch's SDK, as it stands there."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.browser.site import Site, new_address
from tests.e2e.stytch_sdk.conftest import PACKAGE, ROOT

TEXT = (ROOT / "docs/front-ends.md").read_text()


def example(file: str) -> str:
    """The block below the line of the page that names the file."""
    found = re.search(rf"^[^\n]*{re.escape(file)}`:\n\n```\w+\n(.*?)^```$", TEXT, re.M | re.S)
    assert found, f"docs/front-ends.md has no {file}"
    return found[1]


def files() -> dict[str, str]:
    """What the page says to put into `public/`."""
    return {
        "authenticate": example("public/authenticate.html"),
        "authenticate.js": example("public/authenticate.js"),
        "stytch.js": (PACKAGE / "dist/iife/index.headless.js").read_text(),
    }


def test_a_person_signs_in_by_a_link_and_out(
    serve: Callable[..., Page], site: Site, complaints: list[str], asked_elsewhere: list[str]
) -> None:
    email = new_address()
    page = serve("/authenticate", files())
    page.get_by_label("E-mail").fill(email)
    page.get_by_role("button", name="Send me a link").click()
    expect(page.get_by_role("status")).to_have_text("A link is in your mail.")

    page.goto(site.mail_link(email))
    expect(page.get_by_role("status")).to_have_text(f"Signed in as {email}")
    page.reload()
    expect(page.get_by_role("status")).to_have_text(f"Signed in as {email}")

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("E-mail")).to_be_visible()
    expect(page.get_by_role("status")).to_be_empty()
    assert complaints == []
    assert asked_elsewhere == []
