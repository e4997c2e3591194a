"""@netlify/identity in a page of its own, as an application calls it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.e2e.browser.cookies import cookies_of

PASSWORD = "correct horse battery staple"


class Application:
    """A page that holds the client as `identity`."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, fragment: str = "") -> None:
        self.page.goto("about:blank")
        self.page.goto(f"/headless/{fragment}")
        self.page.wait_for_function("window.identity")

    def open_link(self, link: str) -> None:
        """Open this page, rather than the front page, with the token of a mailed link."""
        self.open(f"#{link.partition('#')[2]}")

    def call(self, function: str, *arguments: object) -> object:
        return self.page.evaluate(
            "([name, args]) => identity[name](...args)", [function, list(arguments)]
        )

    def cookies(self) -> set[str]:
        return set(cookies_of(self.page))


@pytest.fixture
def app(page: Page) -> Application:
    app = Application(page)
    app.open()
    return app


def test_settings_are_read(app):
    settings = app.call("getSettings")

    assert settings["autoconfirm"] is False
    assert settings["providers"]["email"] is True


def test_a_demo_user_signs_in(app):
    user = app.call("login", "ada@example.com", "latchkey")

    assert user["name"] == "Ada Lovelace"
    assert user["roles"] == ["admin"]
    assert app.cookies() == {"nf_jwt", "nf_refresh"}


def test_a_visitor_signs_up_and_confirms_by_mail(app, site, email):
    app.call("signup", email, PASSWORD, {"full_name": "Lin"})

    app.open_link(site.newest_link())
    outcome = app.call("handleAuthCallback")

    assert outcome["type"] == "confirmation"
    assert outcome["user"]["email"] == email
    assert outcome["user"]["name"] == "Lin"


def test_a_wrong_password_says_so(app, email):
    with pytest.raises(Exception, match="No user found with that email, or password invalid"):
        app.call("login", email, "wrong")


def test_the_session_is_found_again_by_its_cookies(app, site, email):
    site.confirmed_user(email, PASSWORD)
    app.call("login", email, PASSWORD)
    app.page.evaluate("localStorage.clear()")

    app.open()

    assert app.call("hydrateSession")["email"] == email


def test_a_user_updates_their_data(app, site, email):
    site.confirmed_user(email, PASSWORD)
    app.call("login", email, PASSWORD)

    user = app.call("updateUser", {"data": {"city": "Oslo"}})

    assert user["userMetadata"] == {"city": "Oslo"}


def test_a_forgotten_password_is_replaced(app, site, email):
    site.confirmed_user(email, PASSWORD)
    app.call("requestPasswordRecovery", email)

    token = site.newest_link().partition("=")[2]
    app.call("recoverPassword", token, "a new one")

    app.call("logout")
    assert app.call("login", email, "a new one")["email"] == email


def test_an_invited_user_chooses_a_password(app, site, email):
    site.invite(email)
    app.open_link(site.newest_link())

    outcome = app.call("handleAuthCallback")
    user = app.call("acceptInvite", outcome["token"], PASSWORD)

    assert outcome["type"] == "invite"
    assert user["email"] == email


def test_a_new_address_is_confirmed(app, site, email):
    site.confirmed_user(email, PASSWORD)
    app.call("login", email, PASSWORD)
    pending = app.call("updateUser", {"email": f"new-{email}"})

    app.open_link(site.newest_link())
    outcome = app.call("handleAuthCallback")

    assert pending["pendingEmail"] == f"new-{email}"
    assert outcome["type"] == "email_change"
    assert outcome["user"]["email"] == f"new-{email}"


def test_signing_out_forgets_the_user(app, site, email):
    site.confirmed_user(email, PASSWORD)
    app.call("login", email, PASSWORD)

    app.call("logout")

    assert app.call("getUser") is None
    assert app.cookies() == set()
