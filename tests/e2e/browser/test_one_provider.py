"""The web app of a site with one provider: it shows no way in that the site does not have."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.browser.conftest import PATIENCE_MS
from tests.e2e.browser.site import Account, Site
from tests.support.clouds import ready_cloud


@pytest.fixture(scope="module")
def identity_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with ready_cloud(tmp_path_factory, PROVIDERS="netlify") as cloud:
        yield Site(cloud.url)


@pytest.fixture(scope="module")
def stytch_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with ready_cloud(tmp_path_factory, PROVIDERS="stytch") as cloud:
        yield Site(cloud.url)


@pytest.fixture
def page_of(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page of a site in a browser context of its own."""
    contexts: list[BrowserContext] = []

    def open_page(site: Site, path: str = "/", account: Account | None = None) -> Page:
        state = site.storage_state(account) if account else None
        context = browser.new_context(base_url=site.url, storage_state=state)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_identity_alone_asks_for_a_password_and_offers_no_link(page_of, identity_site) -> None:
    page = page_of(identity_site)

    expect(page.locator("#sign-in-form")).to_be_visible()
    expect(page.get_by_role("button", name="Create an account")).to_be_visible()
    expect(page.locator("#magic-link-form")).to_be_hidden()
    expect(page.get_by_text("or without a password")).to_be_hidden()
    expect(page.get_by_text("Two ways to sign in")).to_be_hidden()


def test_identity_alone_lets_an_admin_invite_by_the_one_provider(page_of, identity_site) -> None:
    page = page_of(identity_site, "/profile", identity_site.sign_in("ada@example.com"))

    expect(page.locator("#me-roles")).to_have_text("admin")
    expect(page.get_by_role("button", name="Send invitation")).to_be_visible()
    expect(page.get_by_label("Signs in with")).to_be_hidden()


def test_stytch_alone_offers_a_link_and_asks_for_no_password(page_of, stytch_site) -> None:
    page = page_of(stytch_site)

    expect(page.locator("#magic-link-form")).to_be_visible()
    expect(page.locator("#sign-in-form")).to_be_hidden()
    expect(page.get_by_role("button", name="Create an account")).to_be_hidden()
    expect(page.get_by_role("button", name="Use Ada (admin)")).to_be_hidden()


def test_stytch_alone_lets_an_admin_in_and_invite(page_of, stytch_site) -> None:
    page = page_of(stytch_site)
    page.get_by_label("E-mail for a magic link").fill("ada@example.com")
    page.get_by_role("button", name="E-mail me a link").click()
    expect(page.get_by_role("heading", name="Check your mail")).to_be_visible()

    page.goto(stytch_site.mail_link("ada@example.com"))

    expect(page.get_by_role("button", name="Send invitation")).to_be_visible()


def test_a_site_by_invitation_offers_no_new_accounts(page: Page) -> None:
    answer = {"netlify": True, "stytch": True, "signup": "invite"}
    page.route("**/api/providers", lambda route: route.fulfill(json=answer))
    page.reload()

    expect(page.locator("#sign-in-form")).to_be_visible()
    expect(page.get_by_role("button", name="Create an account")).to_be_hidden()


def test_while_it_is_not_known_every_way_in_is_offered(page: Page) -> None:
    page.route("**/api/providers", lambda route: route.abort())
    page.reload()

    expect(page.locator("#sign-in-form")).to_be_visible()
    expect(page.locator("#magic-link-form")).to_be_visible()
