"""Faults of others: a clear 5xx, nothing lost, nothing doubled, and recovery by itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from tests.support.running_cloud import RunningCloud
from tests.support.visitor import Visitor, wait_for_next_second
from tests.support.visitors import NewVisitor


@pytest.fixture
def stytch_faults(cloud: RunningCloud) -> Iterator[str]:
    """Where faults of the Stytch emulator are ordered; they are taken back in the end."""
    url = f"{cloud.address('Stytch')}/_admin/faults"
    yield url
    requests.delete(url, timeout=30)


@pytest.fixture
def identity_faults(cloud: RunningCloud) -> Iterator[str]:
    url = f"{cloud.url}/.netlify/identity/_admin/faults"
    yield url
    requests.delete(url, timeout=30)


def fail_what_is_asked_of_users(stytch_faults: str) -> None:
    """Several times: a webhook may make the function for webhooks ask as well."""
    fault = {"kind": "internal_server_error", "path": "/v1/users", "count": 9}
    requests.post(stytch_faults, json=fault, timeout=30).raise_for_status()


@pytest.fixture
def user(stytch_visitor: NewVisitor) -> Visitor:
    return stytch_visitor("user")


@pytest.mark.parametrize(
    "kind", ["too_many_requests", "internal_server_error", "bad_gateway", "malformed_json", "hang"]
)
def test_a_session_that_cannot_be_checked_is_503_and_kept(
    user: Visitor, stytch_faults: str, kind: str
) -> None:
    user.browser.cookies.clear("localhost.local", "/", "stytch_session_jwt")
    requests.post(
        stytch_faults, json={"kind": kind, "path": "/v1/sessions", "count": 1}, timeout=30
    ).raise_for_status()

    answer = user.call("GET", "/api/me")
    afterwards = user.call("GET", "/api/me")

    assert answer.status_code == 503
    assert answer.json()["code"] == "stytch_unavailable"
    assert int(answer.headers["Retry-After"]) >= 1
    assert "Set-Cookie" not in answer.headers
    assert afterwards.status_code == 200


def test_stytch_down_does_not_touch_a_fresh_session(user: Visitor, stytch_faults: str) -> None:
    user.call("GET", "/api/me")
    requests.post(
        stytch_faults, json={"kind": "internal_server_error", "count": 9}, timeout=30
    ).raise_for_status()

    answer = user.call("GET", "/api/me")

    assert answer.status_code == 200


def test_a_sign_out_that_stytch_misses_can_be_repeated(user: Visitor, stytch_faults: str) -> None:
    fault = {"kind": "internal_server_error", "path": "/v1/sessions/revoke"}
    requests.post(stytch_faults, json=fault, timeout=30).raise_for_status()

    failed = user.call("POST", "/api/logout")
    repeated = user.call("POST", "/api/logout")

    assert failed.status_code == 503
    assert "Set-Cookie" not in failed.headers
    assert repeated.status_code == 200


def test_a_half_deleted_account_says_which_step_and_goes_on(
    user: Visitor, stytch_faults: str
) -> None:
    user.call("POST", "/api/issues", json={"title": "Going"})
    fail_what_is_asked_of_users(stytch_faults)

    failed = user.call("DELETE", "/.netlify/functions/delete")
    requests.delete(stytch_faults, timeout=30)
    repeated = user.call("DELETE", "/.netlify/functions/delete")

    assert failed.status_code == 503
    assert failed.json()["step"] == "identity"
    assert repeated.status_code == 204


def test_a_half_deleted_account_that_signs_in_gets_no_row(
    user: Visitor, admin: Visitor, stytch_faults: str
) -> None:
    fail_what_is_asked_of_users(stytch_faults)
    user.call("DELETE", "/.netlify/functions/delete")
    requests.delete(stytch_faults, timeout=30)
    wait_for_next_second()
    user.ask_for_link()

    user.follow_link()

    users = admin.call("GET", "/api/users?limit=200").json()
    assert user.email not in [row["email"] for row in users]
    assert user.call("DELETE", "/.netlify/functions/delete").status_code == 204


def test_identity_down_says_which_step_and_goes_on(other: Visitor, identity_faults: str) -> None:
    requests.post(
        identity_faults, json={"path": "/admin/users", "status": 503, "count": 1}, timeout=30
    ).raise_for_status()

    failed = other.call("DELETE", "/.netlify/functions/delete")
    repeated = other.call("DELETE", "/.netlify/functions/delete")

    assert failed.status_code == 503
    assert failed.json()["code"] == "identity_unavailable"
    assert repeated.status_code == 204


def test_identity_down_does_not_touch_a_member(admin: Visitor, identity_faults: str) -> None:
    requests.post(
        identity_faults, json={"path": "/", "status": 503, "count": 9}, timeout=30
    ).raise_for_status()

    answer = admin.call("POST", "/api/issues", json={"title": "All the same"})

    assert answer.status_code == 201
