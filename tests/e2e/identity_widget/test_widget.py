"""netlify-identity-widget, driven as a visitor drives it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

PASSWORD = "correct horse battery staple"


class Widget:
    """The widget on the front page: its dialog is a frame."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.dialog = page.frame_locator("#netlify-identity-widget")

    def open(self, tab: str = "login") -> None:
        self.page.goto("/")
        self.page.evaluate("tab => netlifyIdentity.open(tab)", tab)

    def follow(self, link: str) -> None:
        """Open a mailed link. The page must be another, for the widget reads the hash once."""
        self.page.goto("about:blank")
        self.page.goto(link)

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        self.open()
        self.fill(email=email, password=password)
        self.press("Log in")
        self.expect_signed_in(email)

    def sign_out(self) -> None:
        self.page.evaluate("void netlifyIdentity.logout()")
        self.page.wait_for_function("netlifyIdentity.currentUser() === null")

    def fill(self, **fields: str) -> None:
        for name, value in fields.items():
            self.dialog.locator(f"input[name={name}]").fill(value)

    def press(self, label: str) -> None:
        self.dialog.locator("button[type=submit]", has_text=label).click()

    def expect_signed_in(self, email: str) -> None:
        """By the widget's own state: `currentUser()` has a recovered user already before."""
        self.page.wait_for_function(
            "email => netlifyIdentity.store.user?.email === email", arg=email
        )

    def expect_message(self, text: str) -> None:
        expect(self.dialog.locator(".flashMessage")).to_contain_text(text)


@pytest.fixture
def widget(page: Page) -> Widget:
    return Widget(page)


def test_a_demo_user_signs_in(widget, page):
    widget.sign_in("ada@example.com", "latchkey")

    user = page.evaluate("netlifyIdentity.currentUser()")
    assert user["app_metadata"]["roles"] == ["admin"]
    assert user["user_metadata"]["full_name"] == "Ada Lovelace"


def test_a_visitor_signs_up_and_confirms_by_mail(widget, site, page, email):
    widget.open("signup")
    widget.fill(name="Lin", email=email, password=PASSWORD)
    widget.press("Sign up")
    widget.expect_message("A confirmation message was sent to your email")

    widget.follow(site.newest_link())

    widget.expect_signed_in(email)
    name = page.evaluate("netlifyIdentity.currentUser().user_metadata.full_name")
    assert name == "Lin"


def test_a_wrong_password_says_so(widget, site, email):
    site.confirmed_user(email, PASSWORD)

    widget.open()
    widget.fill(email=email, password="wrong")
    widget.press("Log in")

    widget.expect_message("No user found with that email, or password invalid.")


def test_a_known_address_cannot_sign_up(widget, site, email):
    site.confirmed_user(email, PASSWORD)

    widget.open("signup")
    widget.fill(name="Lin", email=email, password=PASSWORD)
    widget.press("Sign up")

    widget.expect_message("A user with this email address has already been registered")


def test_the_session_outlives_a_reload(widget, site, page, email):
    site.confirmed_user(email, PASSWORD)
    widget.sign_in(email)

    page.reload()

    widget.expect_signed_in(email)


def test_the_token_is_refreshed(widget, site, page, email):
    site.confirmed_user(email, PASSWORD)
    widget.sign_in(email)
    before = page.evaluate("netlifyIdentity.currentUser().token.refresh_token")

    token = page.evaluate("netlifyIdentity.refresh(true)")

    after = page.evaluate("netlifyIdentity.currentUser().token")
    assert after["access_token"] == token
    assert after["refresh_token"] != before


def test_a_forgotten_password_is_replaced(widget, site, email):
    site.confirmed_user(email, PASSWORD)
    widget.open()
    widget.dialog.get_by_text("Forgot password?").click()
    widget.fill(email=email)
    widget.press("Send recovery email")
    widget.expect_message("We've sent a recovery email to your account")

    widget.follow(site.newest_link())
    widget.fill(password="a new one")
    widget.press("Update password")

    widget.expect_signed_in(email)
    widget.sign_out()
    widget.sign_in(email, "a new one")


def test_an_invited_user_chooses_a_password(widget, site, email):
    site.invite(email)

    widget.follow(site.newest_link())
    widget.fill(password=PASSWORD)
    widget.press("Sign up")

    widget.expect_signed_in(email)


def test_a_new_address_is_confirmed(widget, site, page, email):
    site.confirmed_user(email, PASSWORD)
    widget.sign_in(email)
    page.evaluate("email => netlifyIdentity.currentUser().update({ email })", f"new-{email}")

    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        widget.follow(site.newest_link())

    # The widget reads the user while it sends the token, and may keep the address of before.
    page.reload()
    widget.expect_signed_in(f"new-{email}")


def test_signing_out_forgets_the_user(widget, site, page, email):
    site.confirmed_user(email, PASSWORD)
    widget.sign_in(email)

    widget.sign_out()

    assert page.evaluate("localStorage.getItem('gotrue.user')") is None
