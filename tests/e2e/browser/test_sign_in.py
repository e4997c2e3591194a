"""Signing in: with a password, with a link from a mail of Identity, and with a magic link."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.browser.conftest import OpenAs
from tests.e2e.browser.site import PASSWORD, Account, Site, new_address

EXPIRE_TOKEN = """() => {
  const session = JSON.parse(localStorage.getItem("gotrue.user"));
  session.token.expires_at = Date.now() - 1;
  localStorage.setItem("gotrue.user", JSON.stringify(session));
}"""


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    form = page.locator("#sign-in-form")
    form.get_by_label("E-mail").fill(email)
    form.get_by_label("Password").fill(password)
    form.get_by_role("button", name="Sign in").click()


def sign_up(page: Page, email: str) -> None:
    page.get_by_role("button", name="Create an account").click()
    form = page.locator("#sign-up-form")
    form.get_by_label("Name").fill("Annie Easley")
    form.get_by_label("E-mail").fill(email)
    form.get_by_label("Password").fill(PASSWORD)
    form.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", name="Check your mail")).to_be_visible()


def ask_for_magic_link(page: Page, email: str) -> None:
    page.get_by_label("E-mail for a magic link").fill(email)
    page.get_by_role("button", name="E-mail me a link").click()
    expect(page.get_by_role("heading", name="Check your mail")).to_be_visible()


def test_a_password_opens_the_board(page: Page) -> None:
    sign_in(page, "ada@example.com")
    expect(page.get_by_role("heading", name="Issues", exact=True)).to_be_visible()


def test_a_demo_user_of_the_local_cloud_signs_in_with_one_click(page: Page) -> None:
    page.get_by_role("button", name="Use Ada (admin)").click()
    expect(page.get_by_role("heading", name="Issues", exact=True)).to_be_visible()


def test_no_demo_user_is_offered_where_there_is_no_local_cloud(page: Page) -> None:
    page.route("**/_dev/health", lambda route: route.fulfill(status=404))
    with page.expect_response("**/_dev/health"):
        page.reload()
    expect(page.locator("#sign-in-form")).to_be_visible()
    expect(page.get_by_role("button", name="Use Ada (admin)")).to_be_hidden()


def test_a_wrong_password_is_explained_on_the_form(page: Page, member: Account) -> None:
    sign_in(page, member.email, "not the password")
    expect(page.locator("#sign-in-form").get_by_role("alert")).to_contain_text("password invalid")


def test_identity_being_down_is_explained_as_a_temporary_problem(page: Page, site: Site) -> None:
    site.fail_next_token_request()
    sign_in(page, "ada@example.com")
    expect(page.locator("#sign-in-form").get_by_role("alert")).to_contain_text("try again")


def test_signing_up_and_opening_the_mailed_link_opens_the_board(page: Page, site: Site) -> None:
    email = new_address()
    sign_up(page, email)
    page.goto(site.mail_link(email))
    expect(page.get_by_role("heading", name="Issues", exact=True)).to_be_visible()
    expect(page.get_by_text("Your e-mail address is confirmed.")).to_be_visible()


def test_an_address_that_is_not_confirmed_cannot_sign_in(page: Page) -> None:
    email = new_address()
    sign_up(page, email)
    page.get_by_role("button", name="Back to sign in").click()
    sign_in(page, email)
    expect(page.locator("#sign-in-form").get_by_role("alert")).to_contain_text("not confirmed")


def test_a_mailed_link_leaves_no_token_in_the_address(page: Page, site: Site) -> None:
    email = new_address()
    site.invite_to_identity(email)
    page.goto(site.mail_link(email))
    expect(page.get_by_label("New password")).to_be_visible()
    assert "token" not in page.url


def test_a_used_confirmation_link_says_so_and_offers_sign_in(page: Page, site: Site) -> None:
    page.goto("/#confirmation_token=never-issued")
    expect(page.locator("#sign-in-panel").get_by_role("alert").first).to_be_visible()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_forgotten_password_is_replaced_by_mail(page: Page, site: Site, member: Account) -> None:
    page.get_by_role("button", name="Forgot your password?").click()
    page.locator("#forgot-form").get_by_label("E-mail").fill(member.email)
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", name="Check your mail")).to_be_visible()
    page.goto(site.mail_link(member.email))
    page.get_by_label("New password").fill("a better secret")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_text("Your new password is set.")).to_be_visible()
    assert site.sign_in(member.email, "a better secret").access_token


def test_an_identity_invitation_asks_for_a_password(page: Page, site: Site) -> None:
    email = new_address()
    site.invite_to_identity(email)
    page.goto(site.mail_link(email))
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_text("Your account is ready.")).to_be_visible()


def test_a_new_address_is_confirmed_by_its_link(
    open_as: OpenAs, site: Site, member: Account
) -> None:
    new_email = new_address()
    site.change_address(member, new_email)
    page = open_as(member)
    page.goto(site.mail_link(new_email))
    expect(page.get_by_text("Your new e-mail address is confirmed.")).to_be_visible()
    assert site.sign_in(new_email).access_token


def test_a_magic_link_opened_in_the_same_browser_opens_the_profile(page: Page, site: Site) -> None:
    email = new_address()
    ask_for_magic_link(page, email)
    page.goto(site.mail_link(email))
    expect(page).to_have_url(f"{site.url}/profile")
    expect(page.locator("#me-method")).to_contain_text("magic link")
    expect(page.locator("#me-email")).to_have_text(email)


def test_a_magic_link_session_reaches_the_board(page: Page, site: Site) -> None:
    email = new_address()
    ask_for_magic_link(page, email)
    page.goto(site.mail_link(email))
    expect(page.locator("#me-email")).to_have_text(email)
    page.get_by_role("link", name="Board").click()
    expect(page.get_by_role("heading", name="Issues", exact=True)).to_be_visible()


def test_a_magic_link_opened_twice_is_refused_with_an_explanation(page: Page, site: Site) -> None:
    email = new_address()
    ask_for_magic_link(page, email)
    link = site.mail_link(email)
    page.goto(link)
    expect(page.locator("#me-email")).to_have_text(email)

    page.goto(link)

    expect(page.locator(".toast")).to_contain_text("used before")
    assert "error" not in page.url


def test_a_spent_link_is_explained_above_the_form_that_asks_for_a_new_one(
    new_context: Callable[..., BrowserContext],
) -> None:
    page = new_context(viewport={"width": 320, "height": 640}).new_page()
    page.goto("/?error=link_expired")
    notice = page.locator("#sign-in-panel").get_by_text("This link was used before")
    expect(notice).to_be_in_viewport()
    expect(notice).to_have_role("alert")
    assert "error" not in page.url


def test_a_magic_link_opened_in_another_browser_says_which_one_to_use(
    page: Page, site: Site, new_context: Callable[..., BrowserContext]
) -> None:
    email = new_address()
    ask_for_magic_link(page, email)
    elsewhere = new_context().new_page()
    elsewhere.goto(site.mail_link(email))
    expect(elsewhere.locator("#sign-in-panel")).to_contain_text("in the browser that asked for it")
    expect(elsewhere.get_by_role("heading", name="Sign in")).to_be_visible()


def test_an_unknown_error_code_is_never_shown(page: Page) -> None:
    page.goto("/?error=<b>anything</b>")
    expect(page.locator("#sign-in-panel")).to_contain_text("Signing in did not work.")


def test_a_token_about_to_expire_is_refreshed_before_it_is_used(
    open_as: OpenAs, member: Account
) -> None:
    page = open_as(member)
    expect(page.get_by_role("heading", name="Issues", exact=True)).to_be_visible()
    page.evaluate(EXPIRE_TOKEN)
    page.reload()
    expect(page.get_by_role("region", name="Issues")).to_have_attribute("aria-busy", "false")
    session = json.loads(page.evaluate("localStorage.getItem('gotrue.user')"))
    assert session["token"]["expires_at"] / 1000 > time.time()
    assert session["token"]["refresh_token"] != member.token["refresh_token"]


def test_a_session_that_was_revoked_leads_back_to_sign_in(
    open_as: OpenAs, site: Site, member: Account
) -> None:
    page = open_as(member)
    expect(page.get_by_role("heading", name="Issues", exact=True)).to_be_visible()
    site.revoke_sessions(member)
    page.evaluate(EXPIRE_TOKEN)
    page.reload()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(page.get_by_text("Please sign in to continue.")).to_be_visible()
