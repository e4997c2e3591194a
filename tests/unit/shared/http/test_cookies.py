"""shared/http/cookies.py: what is kept in the browser, and how."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie

import pytest
from starlette.responses import Response

from shared.auth.principal import Principal
from shared.auth.stytch.session import Session
from shared.errors import Malformed
from shared.http.caller import read_credentials
from shared.http.cookies import (
    clear_code_verifier,
    clear_session,
    read_code_verifier,
    set_code_verifier,
    set_session,
)
from tests.support.requests_of import request_with

ADA = Principal("stytch:user-test-1", "stytch", "ada@example.com", "Ada")


@pytest.fixture(autouse=True)
def https_site(configure):
    return configure()


def a_session(lasting):
    return Session(ADA, "opaque", "a.b.c", datetime.now(UTC) + lasting)


def kept(write, *arguments):
    """Each cookie that `write` sets on a response, by name."""
    response = Response()
    write(response, *arguments)
    jar = SimpleCookie()
    for header in response.headers.getlist("set-cookie"):
        jar.load(header)
    return jar


def test_a_session_is_kept_as_the_token_and_the_jwt():
    jar = kept(set_session, a_session(timedelta(hours=1)))

    assert {name: morsel.value for name, morsel in jar.items()} == {
        "stytch_session": "opaque",
        "stytch_session_jwt": "a.b.c",
    }


@pytest.mark.parametrize("name", ["stytch_session", "stytch_session_jwt"])
def test_scripts_and_other_sites_get_nothing_of_a_session(name):
    cookie = kept(set_session, a_session(timedelta(hours=1)))[name]

    assert (cookie["httponly"], cookie["secure"], cookie["samesite"], cookie["path"]) == (
        True,
        True,
        "lax",
        "/",
    )


@pytest.mark.parametrize("name", ["stytch_session", "stytch_session_jwt"])
def test_scripts_read_a_session_where_stytchs_sdk_renews_it(name, configure):
    configure(SESSION_IN_SCRIPT="on")

    cookie = kept(set_session, a_session(timedelta(hours=1)))[name]

    assert (cookie["httponly"], cookie["secure"], cookie["samesite"], cookie["path"]) == (
        "",
        True,
        "lax",
        "/",
    )


def test_scripts_never_read_the_code_verifier(configure):
    configure(SESSION_IN_SCRIPT="on")

    assert kept(set_code_verifier, "v" * 64)["stytch_session_pkce"]["httponly"]


def test_the_cookies_belong_to_this_host_alone():
    assert kept(set_session, a_session(timedelta(hours=1)))["stytch_session"]["domain"] == ""


def test_cookies_are_not_secure_on_plain_http_of_this_machine(configure):
    configure(BASE_URL="http://localhost:8888")

    assert kept(set_session, a_session(timedelta(hours=1)))["stytch_session"]["secure"] == ""


def test_cookies_last_as_long_as_the_session():
    cookie = kept(set_session, a_session(timedelta(days=7)))["stytch_session"]

    assert int(cookie["max-age"]) == pytest.approx(7 * 86400, abs=60)


def test_a_session_that_is_over_is_not_kept():
    cookie = kept(set_session, a_session(timedelta(days=-1)))["stytch_session"]

    assert cookie["max-age"] == "0"


def test_clearing_takes_back_both_with_the_attributes_they_were_set_with():
    jar = kept(clear_session)

    assert {(name, m.value, m["max-age"], m["path"], m["secure"]) for name, m in jar.items()} == {
        ("stytch_session", "", "0", "/", True),
        ("stytch_session_jwt", "", "0", "/", True),
    }


def test_the_names_follow_the_setting(configure):
    configure(COOKIE_NAME="__Host-s")

    jar = kept(set_session, a_session(timedelta(hours=1)))

    assert set(jar) == {"__Host-s", "__Host-s_jwt"}


def test_the_session_cookies_are_read_back():
    request = request_with(headers={"Cookie": "stytch_session=opaque; stytch_session_jwt=a.b.c"})

    credentials = read_credentials(request)

    assert (credentials.cookie_jwts, credentials.cookie_tokens) == (("a.b.c",), ("opaque",))


@pytest.mark.parametrize(
    "header",
    ["", ";;;", "=", "stytch_session=", "stytch_session", "other=1", "\xff\xfe", "a" * 9000],
)
def test_an_empty_cookie_counts_as_none(header):
    credentials = read_credentials(request_with(headers={"Cookie": header}))

    assert (credentials.cookie_jwts, credentials.cookie_tokens) == ((), ())


def test_all_cookies_of_one_name_are_read():
    request = request_with(headers={"Cookie": "stytch_session=a; other=x; stytch_session=b"})

    assert read_credentials(request).cookie_tokens == ("a", "b")


def test_too_many_cookies_of_one_name_are_refused_since_some_would_be_passed_over():
    header = "; ".join(f"stytch_session={number}" for number in range(21))

    with pytest.raises(Malformed) as refused:
        read_credentials(request_with(headers={"Cookie": header}))

    assert refused.value.code == "cookies_too_many"


def test_the_code_verifier_is_kept_for_an_hour():
    cookie = kept(set_code_verifier, "v" * 64)["stytch_session_pkce"]

    assert (cookie.value, cookie["max-age"], cookie["httponly"]) == ("v" * 64, "3600", True)


def test_the_code_verifier_is_read_back():
    request = request_with(headers={"Cookie": "stytch_session_pkce=kept"})

    assert read_code_verifier(request) == "kept"


def test_the_code_verifier_is_taken_back():
    assert kept(clear_code_verifier)["stytch_session_pkce"]["max-age"] == "0"
