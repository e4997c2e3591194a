"""Where I am signed in: the same person in two browsers, each with cookies of its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import requests
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e.browser.conftest import OpenAs
from tests.e2e.browser.cookies import cookies_of
from tests.e2e.browser.site import Account, Site, new_address
from tests.support.visitor import wait_for_next_second

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15"
    " (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1"
)

NewContext = Callable[..., BrowserContext]


def sign_in(context: BrowserContext, site: Site, email: str) -> Page:
    """The profile page, which the magic link opens."""
    page = context.new_page()
    page.goto("/")
    wait_for_next_second()
    page.get_by_label("E-mail for a magic link").fill(email)
    page.get_by_role("button", name="E-mail me a link").click()
    expect(page.get_by_role("heading", name="Check your mail")).to_be_visible()
    page.goto(site.mail_link(email))
    expect(page.get_by_text("this device")).to_be_visible()
    return page


def sessions(page: Page) -> Locator:
    return page.get_by_role("region", name="Where I am signed in").get_by_role("listitem")


@pytest.fixture
def email() -> str:
    return new_address()


@pytest.fixture
def laptop(new_context: NewContext, site: Site, email: str) -> Page:
    return sign_in(new_context(user_agent=FIREFOX), site, email)


@pytest.fixture
def phone(new_context: NewContext, site: Site, laptop: Page, email: str) -> Page:
    page = sign_in(new_context(user_agent=SAFARI), site, email)
    laptop.reload()
    expect(sessions(laptop)).to_have_count(2)
    return page


def is_refused_by_the_provider(page: Page) -> bool:
    """Whether the page's opaque token, of which Stytch is asked, is worth nothing any more."""
    bearer = {"Authorization": f"Bearer {cookies_of(page)['stytch_session']}"}
    answer = requests.get(f"{page.url.partition('/profile')[0]}/api/me", headers=bearer, timeout=30)
    return answer.status_code == 401


def test_each_session_is_named_by_its_device(laptop: Page, phone: Page) -> None:
    expect(sessions(laptop).nth(0)).to_contain_text("Safari on iPhone")
    expect(sessions(laptop).nth(1)).to_contain_text("Firefox on Linux this device")
    expect(sessions(phone).nth(0)).to_contain_text("Safari on iPhone this device")


def test_the_page_says_for_how_long_an_ended_session_may_be_believed(laptop: Page) -> None:
    expect(laptop.get_by_text("may still be believed for up to 300 seconds")).to_be_visible()


def test_one_session_is_ended(laptop: Page, phone: Page) -> None:
    laptop.get_by_role("button", name="End the session of Safari on iPhone").click()

    expect(laptop.get_by_text("The session was ended.")).to_be_visible()
    expect(sessions(laptop)).to_have_count(1)
    assert is_refused_by_the_provider(phone)


def test_all_others_are_ended(laptop: Page, phone: Page) -> None:
    laptop.get_by_role("button", name="End all others").click()

    expect(sessions(laptop)).to_have_count(1)
    expect(laptop.get_by_role("button", name="End all others")).to_be_hidden()
    assert is_refused_by_the_provider(phone)
    assert not is_refused_by_the_provider(laptop)


def test_the_own_session_has_no_button(laptop: Page) -> None:
    expect(sessions(laptop)).to_have_count(1)
    expect(sessions(laptop).get_by_role("button")).to_have_count(0)


def test_every_session_is_ended(laptop: Page, phone: Page) -> None:
    laptop.get_by_role("button", name="End every session").click()

    expect(laptop.get_by_text("You are signed out on all devices.")).to_be_visible()
    assert is_refused_by_the_provider(phone)


def test_identity_lists_none_and_ends_all(open_as: OpenAs, site: Site, member: Account) -> None:
    page = open_as(member, "/profile")
    expect(page.get_by_text("Netlify Identity does not list sessions.")).to_be_visible()

    page.get_by_role("button", name="End every session").click()

    expect(page.get_by_text("You are signed out on all devices.")).to_be_visible()
    refresh = {"grant_type": "refresh_token", "refresh_token": member.token["refresh_token"]}
    answer = requests.post(f"{site.identity_url}/token", data=refresh, timeout=5)
    assert answer.status_code == 400
