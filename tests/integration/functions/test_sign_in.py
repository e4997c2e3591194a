"""Magic links and sessions: asked for, followed, kept, refreshed, ended."""

from __future__ import annotations

import uuid

import pytest
import requests

from tests.support.running_cloud import RunningCloud
from tests.support.visitor import Visitor, wait_for_next_second
from tests.support.visitors import NewVisitor

LATER = {"advance_seconds": 400}  # past the five minutes for which a session JWT lives


@pytest.fixture
def newcomer(cloud: RunningCloud) -> Visitor:
    return Visitor(cloud.url, f"newcomer-{uuid.uuid4().hex[:8]}@example.com")


@pytest.fixture
def user(stytch_visitor: NewVisitor) -> Visitor:
    return stytch_visitor("user")


def test_known_and_unknown_addresses_get_the_same_answer(user: Visitor, newcomer: Visitor) -> None:
    wait_for_next_second()

    known = user.ask_for_link()
    unknown = newcomer.ask_for_link()

    assert (known.status_code, known.json()) == (unknown.status_code, unknown.json())
    assert known.json() == {"message": "magic link sent"}


def test_the_landing_is_not_kept_and_not_told(newcomer: Visitor) -> None:
    newcomer.ask_for_link()

    landed = newcomer.follow_link()

    assert landed.headers["Cache-Control"] == "no-store"
    assert landed.headers["Referrer-Policy"] == "no-referrer"


def test_the_cookies_are_for_this_site_and_as_long_as_the_session(newcomer: Visitor) -> None:
    newcomer.ask_for_link()

    landed = newcomer.follow_link()

    cookies = landed.raw.headers.getlist("Set-Cookie")
    session = next(cookie for cookie in cookies if cookie.startswith("stytch_session="))
    attributes = {part.strip().partition("=")[0].lower() for part in session.split(";")[1:]}
    assert attributes == {"httponly", "max-age", "path", "samesite"}
    assert "SameSite=lax" in session
    assert 604_700 < int(session.partition("Max-Age=")[2].partition(";")[0]) <= 604_800


def test_a_link_works_only_in_the_browser_that_asked(newcomer: Visitor) -> None:
    newcomer.ask_for_link()
    newcomer.browser.cookies.clear()

    landed = newcomer.follow_link()

    assert landed.status_code == 401
    assert landed.json()["code"] == "wrong_browser"


def test_asking_twice_keeps_the_first_link_good(newcomer: Visitor) -> None:
    newcomer.ask_for_link()
    first = newcomer.inbox.newest_link(newcomer.email)
    wait_for_next_second()
    newcomer.ask_for_link()

    landed = newcomer.call("GET", first)

    assert landed.status_code == 303


def test_looking_ahead_does_not_spend_the_link(newcomer: Visitor) -> None:
    newcomer.ask_for_link()
    newcomer.call("HEAD", newcomer.inbox.newest_link(newcomer.email))

    landed = newcomer.follow_link()

    assert landed.status_code == 303


def test_a_browser_is_shown_what_went_wrong_by_the_page(user: Visitor) -> None:
    link = user.inbox.newest_link(user.email)

    landed = user.call("GET", link, headers={"Accept": "text/html,*/*"})

    assert landed.status_code == 303
    assert landed.headers["Location"] == "/?error=link_expired"


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?token=",
        "?token=short",
        "?token=DOYoip3rvIMMW5lgItikFK-Ak1CfMsgjuiCyI7uuU94%3D&stytch_token_type=oauth",
        "?token=aaaaaaaaaaaaaaaaaaaaaaaa&token=bbbbbbbbbbbbbbbbbbbbbbbbb",
    ],
)
def test_half_a_link_is_refused(stranger: Visitor, query: str) -> None:
    answer = stranger.call("GET", f"/.netlify/functions/authenticate{query}")

    assert answer.status_code == 400
    assert answer.json()["code"] == "link_malformed"


def test_a_link_that_was_never_sent_is_refused(stranger: Visitor) -> None:
    answer = stranger.call(
        "GET", "/api/authenticate?token=CprTtwhnRNiMBiUS2jSLcWYrfuO2POeBNdo5HhW6qTM%3D"
    )

    assert answer.status_code == 401
    assert answer.json()["code"] == "link_invalid"


def test_an_expired_jwt_is_refreshed_with_both_cookies(user: Visitor, cloud: RunningCloud) -> None:
    user.browser.cookies.set("stytch_session_jwt", "", domain="localhost.local", path="/")
    user.browser.cookies.clear("localhost.local", "/", "stytch_session_jwt")

    answer = user.call("GET", "/api/me")

    set_cookies = answer.raw.headers.getlist("Set-Cookie")
    assert answer.status_code == 200
    assert [cookie.partition("=")[0] for cookie in set_cookies] == [
        "stytch_session",
        "stytch_session_jwt",
    ]


def test_a_fresh_jwt_asks_nobody(user: Visitor, cloud: RunningCloud) -> None:
    user.call("GET", "/api/me")  # whichever process answers has the keys from now on

    answer = user.call("GET", "/api/me")

    request_id = answer.headers["X-Request-Id"]
    line = next(line for line in cloud.log.splitlines() if f'"request_id": "{request_id}"' in line)
    assert '"upstream_ms": 0.0' in line


@pytest.mark.parametrize("cookie", ["stytch_session", "stytch_session_jwt"])
def test_either_token_is_a_good_bearer(user: Visitor, cookie: str) -> None:
    token = user.browser.cookies[cookie]

    answer = requests.get(
        f"{user.base_url}/api/me", headers={"Authorization": f"Bearer {token}"}, timeout=30
    )

    assert answer.json()["email"] == user.email


def test_a_bad_bearer_is_not_saved_by_good_cookies(user: Visitor) -> None:
    answer = user.call("GET", "/api/me", headers={"Authorization": "Bearer nonsense"})

    assert answer.status_code == 401


def test_a_write_from_another_site_is_refused(user: Visitor) -> None:
    answer = user.call("DELETE", "/api/account", headers={"Origin": "https://evil.example"})

    assert answer.status_code == 403
    assert answer.json()["code"] == "cross_origin"


def test_a_logout_from_another_site_is_refused(user: Visitor) -> None:
    answer = user.call("POST", "/api/logout", headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert user.call("GET", "/api/me").status_code == 200


def test_signing_out_without_a_session_is_fine(stranger: Visitor) -> None:
    answer = stranger.call("POST", "/api/logout")

    assert answer.json() == {"message": "logged out"}


def test_a_spent_session_is_cleared_from_the_browser(user: Visitor) -> None:
    token = user.browser.cookies["stytch_session"]
    requests.post(
        f"{user.base_url}/api/logout", headers={"Authorization": f"Bearer {token}"}, timeout=30
    )

    answer = requests.get(
        f"{user.base_url}/api/me", headers={"Cookie": f"stytch_session={token}"}, timeout=30
    )

    assert answer.status_code == 401
    assert answer.raw.headers.getlist("Set-Cookie")[0].startswith('stytch_session=""; ')


def test_a_role_in_trusted_metadata_counts_at_once(user: Visitor, cloud: RunningCloud) -> None:
    user_id = user.call("GET", "/api/me").json()["id"].removeprefix("stytch:")
    requests.put(
        f"{cloud.address('Stytch')}/v1/users/{user_id}",
        json={"trusted_metadata": {"roles": ["admin"]}},
        auth=("project-test-00000000-0000-4000-8000-000000000000", "secret-test-local"),
        timeout=30,
    )

    answer = user.call("POST", "/api/users", json={"email": f"new-{user.email}"})

    assert answer.status_code == 201


def test_another_products_token_is_no_session(user: Visitor, cloud: RunningCloud) -> None:
    minted = requests.post(
        f"{cloud.address('Stytch')}/_admin/tokens", json={"kind": "m2m"}, timeout=30
    ).json()

    answer = requests.get(
        f"{user.base_url}/api/me",
        headers={"Authorization": f"Bearer {minted['access_token']}"},
        timeout=30,
    )

    assert answer.status_code == 401
    assert answer.json()["code"] == "not_a_session"


def test_too_many_logins_for_one_address_have_to_wait(cloud: RunningCloud) -> None:
    email = f"many-{uuid.uuid4().hex[:8]}@example.com"
    answers = [
        requests.post(f"{cloud.url}/api/login", json={"email": email}, timeout=30)
        for _ in range(11)
    ]

    assert answers[-1].status_code == 429
    assert answers[-1].json()["code"] == "too_many_requests"
    assert int(answers[-1].headers["Retry-After"]) >= 1


def test_another_sites_page_cannot_ask_for_a_link(newcomer: Visitor) -> None:
    answer = newcomer.call(
        "POST",
        "/api/login",
        data=b'{"email": "stranger@example.com", "x": "="}',
        headers={"Content-Type": "text/plain", "Sec-Fetch-Site": "cross-site"},
    )

    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers
