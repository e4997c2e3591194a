"""Which accounts live tests take: none of a live project, and none by mistake."""

from __future__ import annotations

import pytest

from tests.live import accounts

STYTCH = {
    "LIVE_STYTCH_PROJECT_ID": "project-test-00000000-0000-4000-8000-000000000000",
    "LIVE_STYTCH_SECRET": "secret-test-of-mine",
    "LIVE_EMAIL": "me@example.net",
}
IDENTITY = {
    "LIVE_IDENTITY_URL": "https://board.example/.netlify/identity",
    "LIVE_IDENTITY_OPERATOR_TOKEN": "a.b.c",
    "LIVE_SITE_FOR_TESTS": "yes",
    "LIVE_EMAIL": "me@example.net",
}


def test_a_test_project_is_taken_at_stytchs_test_environment() -> None:
    project = accounts.stytch(STYTCH)

    assert project.url == "https://test.stytch.com"
    assert project.project_id == STYTCH["LIVE_STYTCH_PROJECT_ID"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LIVE_STYTCH_PROJECT_ID", "project-live-00000000-0000-4000-8000-000000000000"),
        ("LIVE_STYTCH_PROJECT_ID", "PROJECT-LIVE-00000000-0000-4000-8000-000000000000"),
        ("LIVE_STYTCH_PROJECT_ID", "00000000-0000-4000-8000-000000000000"),
        ("LIVE_STYTCH_SECRET", "secret-live-of-mine"),
        ("LIVE_STYTCH_BASE_URL", "https://api.stytch.com"),
        ("LIVE_STYTCH_BASE_URL", "https://API.Stytch.com/"),
        ("LIVE_STYTCH_BASE_URL", "http://login.board.example"),
        ("LIVE_STYTCH_BASE_URL", "login.board.example"),
        ("LIVE_STYTCH_BASE_URL", "https://["),
        ("LIVE_EMAIL", "me"),
        ("LIVE_EMAIL", "me+more@example.net"),
    ],
)
def test_what_is_no_test_project_is_refused_and_the_variable_is_named(
    name: str, value: str
) -> None:
    with pytest.raises(accounts.Refused, match=name):
        accounts.stytch(STYTCH | {name: value})


def test_a_refusal_does_not_show_the_secret() -> None:
    with pytest.raises(accounts.Refused) as refused:
        accounts.stytch(STYTCH | {"LIVE_STYTCH_SECRET": "secret-live-of-mine"})

    assert "of-mine" not in str(refused.value)


def test_an_account_does_not_show_its_secret() -> None:
    assert "of-mine" not in repr(accounts.stytch(STYTCH))
    assert "a.b.c" not in repr(accounts.identity(IDENTITY))


def test_every_variable_that_is_missing_is_named() -> None:
    with pytest.raises(accounts.Missing, match="LIVE_STYTCH_SECRET and LIVE_EMAIL are not set"):
        accounts.stytch({"LIVE_STYTCH_PROJECT_ID": STYTCH["LIVE_STYTCH_PROJECT_ID"]})


def test_a_site_for_tests_is_taken() -> None:
    assert accounts.identity(IDENTITY).url == "https://board.example/.netlify/identity"
    assert accounts.site({**IDENTITY, "LATCHKEY_BASE_URL": "https://board.example/"}).url == (
        "https://board.example"
    )


@pytest.mark.parametrize("said", ["", "no", "true"])
def test_a_site_that_is_not_said_to_be_for_tests_is_refused(said: str) -> None:
    environ = IDENTITY | {"LIVE_SITE_FOR_TESTS": said, "LATCHKEY_BASE_URL": "https://board.example"}

    with pytest.raises(accounts.Refused, match="LIVE_SITE_FOR_TESTS=yes"):
        accounts.identity(environ)
    with pytest.raises(accounts.Refused, match="LIVE_SITE_FOR_TESTS=yes"):
        accounts.site(environ)


@pytest.mark.parametrize("url", ["http://board.example", "ftp://localhost", "board.example", "x"])
def test_a_site_without_tls_is_refused(url: str) -> None:
    environ = IDENTITY | {"LIVE_IDENTITY_URL": url, "LATCHKEY_BASE_URL": url}

    with pytest.raises(accounts.Refused, match="LIVE_IDENTITY_URL must be an address with https"):
        accounts.identity(environ)
    with pytest.raises(accounts.Refused, match="LATCHKEY_BASE_URL must be an address with https"):
        accounts.site(environ)


def test_this_machine_needs_neither_tls_nor_a_promise() -> None:
    assert accounts.site({"LATCHKEY_BASE_URL": "http://localhost:8888"}).url == (
        "http://localhost:8888"
    )
