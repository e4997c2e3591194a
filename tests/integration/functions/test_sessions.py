"""My sessions: listed with what they were begun with, ended one by one or all at once."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
import requests

from tests.support.running_cloud import RunningCloud
from tests.support.visitor import Visitor, wait_for_next_second

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1"
FIELDS = {
    "id",
    "started_at",
    "last_accessed_at",
    "expires_at",
    "ip_address",
    "user_agent",
    "current",
}


def sign_in(cloud: RunningCloud, email: str, user_agent: str) -> Visitor:
    """The same person with one more browser."""
    visitor = Visitor(cloud.url, email)
    visitor.browser.headers["User-Agent"] = user_agent
    wait_for_next_second()
    visitor.ask_for_link()
    visitor.follow_link()
    return visitor


def sessions_of(visitor: Visitor) -> list[dict[str, Any]]:
    sessions: list[dict[str, Any]] = visitor.call("GET", "/api/sessions").json()
    return sessions


def end(visitor: Visitor, session: dict[str, Any]) -> requests.Response:
    return visitor.call("DELETE", f"/api/sessions/{session['id']}")


def is_signed_in(visitor: Visitor) -> bool:
    """By the opaque token, of which Stytch is asked."""
    token = visitor.browser.cookies.get("stytch_session")
    answer = requests.get(
        f"{visitor.base_url}/api/me", headers={"Authorization": f"Bearer {token}"}, timeout=30
    )
    return answer.status_code == 200


@pytest.fixture
def email() -> str:
    return f"two-browsers-{uuid.uuid4().hex[:8]}@example.com"


@pytest.fixture
def laptop(cloud: RunningCloud, email: str) -> Visitor:
    return sign_in(cloud, email, FIREFOX)


@pytest.fixture
def phone(cloud: RunningCloud, laptop: Visitor, email: str) -> Visitor:
    """Signed in after the laptop."""
    return sign_in(cloud, email, SAFARI)


def test_both_sessions_are_listed_the_newest_first(laptop: Visitor, phone: Visitor) -> None:
    sessions = sessions_of(laptop)

    assert [session["user_agent"] for session in sessions] == [SAFARI, FIREFOX]
    assert [session["ip_address"] for session in sessions] == ["127.0.0.1", "127.0.0.1"]
    assert [set(session) for session in sessions] == [FIELDS, FIELDS]


def test_each_browser_is_told_which_session_is_its_own(laptop: Visitor, phone: Visitor) -> None:
    assert [session["current"] for session in sessions_of(laptop)] == [False, True]
    assert [session["current"] for session in sessions_of(phone)] == [True, False]


def test_the_opaque_token_alone_knows_its_session_too(laptop: Visitor, phone: Visitor) -> None:
    laptop.browser.cookies.clear("localhost.local", "/", "stytch_session_jwt")

    assert [session["current"] for session in sessions_of(laptop)] == [False, True]


def test_the_answer_tells_how_long_an_ended_session_may_be_believed(laptop: Visitor) -> None:
    answer = laptop.call("GET", "/api/sessions")

    assert answer.headers["Session-JWT-Max-Age"] == "300"


def test_an_ended_session_is_over_and_the_other_goes_on(laptop: Visitor, phone: Visitor) -> None:
    [of_the_phone, _] = sessions_of(laptop)

    answer = end(laptop, of_the_phone)

    assert (answer.status_code, answer.json()) == (200, {"message": "success"})
    assert (is_signed_in(phone), is_signed_in(laptop)) == (False, True)


def test_ending_ones_own_session_clears_its_cookies(laptop: Visitor) -> None:
    [own] = sessions_of(laptop)

    answer = end(laptop, own)

    assert answer.status_code == 200
    assert "stytch_session" not in laptop.browser.cookies


def test_the_jwt_of_an_ended_session_ends_no_other(laptop: Visitor, phone: Visitor) -> None:
    [of_the_phone, of_the_laptop] = sessions_of(laptop)
    end(laptop, of_the_phone)

    answer = end(phone, of_the_laptop)

    assert (answer.status_code, answer.json()["code"]) == (401, "session_invalid")
    assert is_signed_in(laptop)


def test_a_session_of_somebody_else_is_not_found(laptop: Visitor, cloud: RunningCloud) -> None:
    other = sign_in(cloud, f"other-{uuid.uuid4().hex[:8]}@example.com", SAFARI)
    [of_somebody_else] = sessions_of(other)

    answer = end(laptop, of_somebody_else)

    assert (answer.status_code, answer.json()["code"]) == (404, "session_not_found")
    assert is_signed_in(other)


@pytest.mark.parametrize("session_id", ["1", "session-test-1", "%2e%2e%2fusers", "🦊"])
def test_an_id_of_no_session_is_not_found(laptop: Visitor, session_id: str) -> None:
    answer = laptop.call("DELETE", f"/api/sessions/{session_id}")

    assert answer.status_code == 404


def test_another_site_ends_no_session(laptop: Visitor, phone: Visitor) -> None:
    [of_the_phone, _] = sessions_of(laptop)

    answer = laptop.call(
        "DELETE", f"/api/sessions/{of_the_phone['id']}", headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert answer.status_code == 403
    assert is_signed_in(phone)


@pytest.mark.parametrize(("method", "path"), [("GET", ""), ("DELETE", "/session-test-1")])
def test_identity_lists_no_sessions(other: Visitor, method: str, path: str) -> None:
    answer = other.call(method, f"/api/sessions{path}")

    assert (answer.status_code, answer.json()["code"]) == (409, "sessions_not_listed")


@pytest.mark.parametrize(("method", "path"), [("GET", ""), ("DELETE", "/session-test-1")])
def test_who_has_not_signed_in_has_no_sessions(stranger: Visitor, method: str, path: str) -> None:
    assert stranger.call(method, f"/api/sessions{path}").status_code == 401


def test_signing_out_everywhere_ends_every_session(laptop: Visitor, phone: Visitor) -> None:
    answer = laptop.call("POST", "/api/logout", json={"everywhere": True})

    assert (answer.status_code, answer.json()) == (200, {"message": "logged out"})
    assert "stytch_session" not in laptop.browser.cookies
    assert not is_signed_in(phone)


@pytest.mark.parametrize("body", [None, {}, {"everywhere": False}])
def test_signing_out_here_leaves_the_other(laptop: Visitor, phone: Visitor, body: object) -> None:
    laptop.call("POST", "/api/logout", json=body)

    assert is_signed_in(phone)


def test_everywhere_is_true_or_false(laptop: Visitor) -> None:
    answer = laptop.call("POST", "/api/logout", json={"everywhere": "yes"})

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_fields")
    assert is_signed_in(laptop)


def test_signing_out_everywhere_ends_every_refresh_token_at_identity(
    cloud: RunningCloud, netlify_visitor: Any
) -> None:
    first = netlify_visitor("two-browsers")
    second = Visitor(cloud.url, first.email)
    refresh_token = second.sign_in().json()["refresh_token"]

    answer = first.call("POST", "/api/logout", json={"everywhere": True})

    form = {"grant_type": "refresh_token", "refresh_token": refresh_token}
    assert answer.status_code == 200
    assert second.call("POST", "/.netlify/identity/token", data=form).status_code == 400
