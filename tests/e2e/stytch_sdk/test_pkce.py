"""A project that asks for PKCE: the SDK ties a link to the browser that has asked for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page

from local.settings import LOCAL_STYTCH_PUBLIC_TOKEN
from tests.e2e.stytch_sdk.conftest import HTML, OtherServer, main_js
from tests.support.stytch_emulator import Emulator, EmulatorServer

SIGN_IN = "stytch.authenticateByUrl({ session_duration_minutes: 60 })"


@pytest.fixture
def emulator(tmp_path: Path, other_server: OtherServer) -> Iterator[Emulator]:
    server = EmulatorServer(
        tmp_path / "state.sqlite",
        pkce_in_front_end=True,
        authorized_domains=(other_server.url,),
        redirect_urls=(f"{other_server.url}/sign-in.html",),
    )
    yield server.emulator
    server.stop()


@pytest.fixture
def link(tab: Page, emulator: Emulator, other_server: OtherServer) -> str:
    """What the page in the tab has asked for."""
    main = main_js(LOCAL_STYTCH_PUBLIC_TOKEN, emulator.base_url)
    (other_server.folder / "sign-in.html").write_text(HTML)
    (other_server.folder / "main.js").write_text(main)
    tab.goto(f"{other_server.url}/sign-in.html")
    tab.evaluate("stytch.magicLinks.email.loginOrCreate('ada@example.com')")
    return emulator.mails()[0].link


def test_the_link_works_in_the_browser_that_has_asked_for_it(tab: Page, link: str) -> None:
    tab.goto(link)

    answer = tab.evaluate(SIGN_IN)

    assert answer["data"]["user"]["emails"][0]["email"] == "ada@example.com"


def test_the_link_does_not_work_in_another_browser(browser: Browser, link: str) -> None:
    context = browser.new_context()
    other = context.new_page()
    other.goto(link)

    with pytest.raises(Error, match="pkce_expected_code_verifier"):
        other.evaluate(SIGN_IN)

    context.close()
