"""Calls of Stytch's SDK, and what they mean to the functions, which see its cookies only."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import requests
from playwright.sync_api import Error, Page, expect

from local.settings import LOCAL_PROJECT_ID, LOCAL_STYTCH_PUBLIC_TOKEN, LOCAL_STYTCH_SECRET
from tests.e2e.browser.cookies import cookies_of
from tests.e2e.browser.site import SECONDS, Site, new_address
from tests.e2e.stytch_sdk.conftest import HTML, OtherServer, main_js
from tests.support.running_cloud import RunningCloud

OTHER_TOKEN = "public-token-test-11111111-1111-4111-8111-111111111111"
COOKIES = {"stytch_session", "stytch_session_jwt"}


@pytest.fixture
def open_page(serve: Callable[..., Page], site: Site) -> Callable[..., Page]:
    """A page that has the SDK's client."""

    def open_with(token: str = LOCAL_STYTCH_PUBLIC_TOKEN, origin: str = site.url) -> Page:
        files = {"authenticate": HTML, "main.js": main_js(token)}
        return serve("/authenticate", files, origin)

    return open_with


def ask_for_a_link(page: Page, email: str) -> None:
    page.evaluate(
        """([email, url]) => stytch.magicLinks.email.loginOrCreate(
          email, { login_magic_link_url: url, signup_magic_link_url: url })""",
        [email, page.url.partition("?")[0]],
    )


def sign_in(page: Page, site: Site) -> str:
    """Answers the address of the new person."""
    email = new_address()
    ask_for_a_link(page, email)
    page.goto(site.mail_link(email))
    page.evaluate("stytch.authenticateByUrl({ session_duration_minutes: 60 })")
    return email


def status_of(page: Page, path: str) -> int:
    """What a function answers to the page."""
    return int(page.evaluate("path => ask(path).then(({ status }) => status)", path))


def test_the_functions_know_who_is_signed_in(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page()
    assert status_of(page, "/.netlify/functions/get") == 401

    email = sign_in(page, site)

    assert status_of(page, "/.netlify/functions/get") == 200
    me = page.evaluate("ask('/api/me').then((answer) => answer.json())")
    assert (me["email"], me["provider"]) == (email, "stytch")
    assert me["id"] == f"stytch:{page.evaluate('stytch.user.getSync().user_id')}"


def test_the_token_does_not_stay_in_the_address(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page()

    sign_in(page, site)

    assert "token" not in page.url


def test_the_person_writes_by_their_session(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page()
    email = sign_in(page, site)

    issue = page.evaluate(
        """fetch("/api/issues", { method: "POST", body: JSON.stringify({ title: "Oil" }),
          headers: { "Content-Type": "application/json" } }).then((answer) => answer.json())"""
    )

    assert issue["assignee_email"] == email


def test_nobody_is_signed_in_after_the_sdk_has_signed_out(
    open_page: Callable[..., Page], site: Site
) -> None:
    page = open_page()
    sign_in(page, site)
    session = cookies_of(page)

    page.evaluate("stytch.session.revoke()")

    assert COOKIES.isdisjoint(cookies_of(page))
    assert status_of(page, "/.netlify/functions/get") == 401
    assert page.evaluate("stytch.session.getSync()") is None
    url = f"{site.url}/.netlify/functions/get"
    assert requests.get(url, cookies=session, timeout=SECONDS).status_code == 401


def test_the_sdk_renews_the_session_with_a_fresh_jwt(
    open_page: Callable[..., Page], site: Site, cloud: RunningCloud
) -> None:
    page = open_page()
    sign_in(page, site)
    before = cookies_of(page)
    move_clock(cloud, seconds=2)

    page.evaluate("stytch.session.authenticate({ session_duration_minutes: 120 })")

    after = cookies_of(page)
    assert after["stytch_session"] == before["stytch_session"]
    assert after["stytch_session_jwt"] != before["stytch_session_jwt"]
    assert status_of(page, "/.netlify/functions/get") == 200


def test_the_sdk_renews_the_session_by_itself(
    open_page: Callable[..., Page], site: Site, cloud: RunningCloud
) -> None:
    page = open_page()
    page.clock.install()
    sign_in(page, site)
    before = cookies_of(page)
    move_clock(cloud, seconds=2)
    page.evaluate(
        """void (window.renewal = new Promise((renewed) =>
          cookieStore.addEventListener("change", renewed, { once: true })))"""
    )

    page.clock.run_for(3 * 60 * 1000)

    page.evaluate("renewal.then(() => null)")
    assert cookies_of(page)["stytch_session_jwt"] != before["stytch_session_jwt"]


def test_the_sdk_still_has_the_session_that_a_function_has_renewed(
    open_page: Callable[..., Page], site: Site
) -> None:
    page = open_page()
    sign_in(page, site)

    assert status_of(page, "/.netlify/functions/get") == 200

    tokens = page.evaluate("stytch.session.getTokens()")
    assert tokens["session_token"] == cookies_of(page)["stytch_session"]
    page.reload()
    assert page.evaluate("stytch.session.authenticate().then(({ user }) => user.user_id)")


def test_the_sdk_takes_over_a_session_of_the_functions(
    open_page: Callable[..., Page], site: Site
) -> None:
    """The link of `POST /login` leads to a function, which writes the cookies."""
    page = open_page()
    email = new_address()
    page.evaluate(
        """email => fetch("/api/login", { method: "POST", body: JSON.stringify({ email }),
          headers: { "Content-Type": "application/json" } })""",
        email,
    )
    page.goto(site.mail_link(email))

    page.goto("/authenticate")

    expect(page.locator("output")).to_have_text(email)


def test_the_sdk_forgets_a_session_that_was_ended_elsewhere(
    open_page: Callable[..., Page], site: Site, cloud: RunningCloud
) -> None:
    page = open_page()
    sign_in(page, site)
    end_session(cloud, cookies_of(page)["stytch_session"])

    page.reload()

    expect(page.locator("output")).to_have_text("nobody")
    assert COOKIES.isdisjoint(cookies_of(page))


def test_people_change_their_name(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page()
    email = sign_in(page, site)

    page.evaluate("stytch.user.update({ name: { first_name: 'Ada' } })")

    user = page.evaluate("stytch.user.get()")
    assert (user["name"]["first_name"], user["emails"][0]["email"]) == ("Ada", email)


def test_a_page_of_another_server_signs_in_and_out(
    tab: Page, site: Site, other_server: OtherServer
) -> None:
    (other_server.folder / "sign-in.html").write_text(HTML)
    (other_server.folder / "main.js").write_text(main_js(LOCAL_STYTCH_PUBLIC_TOKEN, site.url))
    tab.goto(f"{other_server.url}/sign-in.html")

    sign_in(tab, site)

    assert status_of(tab, "/.netlify/functions/get") == 200
    tab.evaluate("stytch.session.revoke()")
    assert status_of(tab, "/.netlify/functions/get") == 401


@pytest.mark.parametrize(
    ("call", "error"),
    [
        ("magicLinks.email.send('nobody@example.com')", "email_not_found"),
        ("magicLinks.email.loginOrCreate('nobody')", "invalid_email"),
        ("magicLinks.authenticate('x', { session_duration_minutes: 60 })", "invalid_token"),
        ("magicLinks.authenticate('x', {})", "StytchAPISchemaError"),
        ("session.authenticate()", "user_unauthenticated"),
        ("session.revoke()", "user_unauthenticated"),
        ("user.get()", "user_unauthenticated"),
    ],
)
def test_a_refusal_reaches_the_page_as_the_sdks_own_error(
    open_page: Callable[..., Page], call: str, error: str
) -> None:
    page = open_page()

    with pytest.raises(Error, match=error):
        page.evaluate(f"stytch.{call}")


def test_the_public_token_of_another_project_is_refused(open_page: Callable[..., Page]) -> None:
    page = open_page(token=OTHER_TOKEN)

    with pytest.raises(Error, match="public_token_not_found"):
        ask_for_a_link(page, new_address())


def test_a_page_of_another_domain_is_refused(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page(origin=site.url.replace("localhost", "127.0.0.1"))

    with pytest.raises(Error, match="bad_domain_for_stytch_sdk"):
        ask_for_a_link(page, new_address())


def move_clock(cloud: RunningCloud, seconds: int) -> None:
    url = f"{cloud.address('Stytch')}/_admin/clock"
    requests.post(url, json={"advance_seconds": seconds}, timeout=SECONDS).raise_for_status()


def end_session(cloud: RunningCloud, token: str) -> None:
    """As a server does it, with the project's secret."""
    requests.post(
        f"{cloud.address('Stytch')}/v1/sessions/revoke",
        json={"session_token": token},
        auth=(LOCAL_PROJECT_ID, LOCAL_STYTCH_SECRET),
        timeout=SECONDS,
    ).raise_for_status()
