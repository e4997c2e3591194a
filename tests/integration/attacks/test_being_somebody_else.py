"""Passing for somebody else, or for an admin: every way in that is none."""

from __future__ import annotations

import base64
import json
import uuid
from typing import Any

import pytest
import requests

from local.settings import LOCAL_PROJECT_ID
from tests.integration.attacks.forged_tokens import FORGERIES, admin_claims
from tests.support.running_cloud import RunningCloud
from tests.support.visitor import PASSWORD, Visitor, wait_for_next_second
from tests.support.visitors import NewVisitor

CONTEXT_HEADERS = [
    "X-Amz-Client-Context",
    "Lambda-Runtime-Client-Context",
    "X-Nf-Client-Context",
    "Netlify",
]


@pytest.fixture(scope="module")
def stytch_key(cloud: RunningCloud) -> dict[str, Any]:
    url = f"{cloud.address('Stytch')}/v1/sessions/jwks/{LOCAL_PROJECT_ID}"
    key: dict[str, Any] = requests.get(url, timeout=10).json()["keys"][0]
    return key


@pytest.mark.parametrize("kind", FORGERIES)
def test_a_forged_bearer_is_refused(door: str, stytch_key: dict[str, Any], kind: str) -> None:
    bearer = FORGERIES[kind](stytch_key)

    answer = requests.get(
        f"{door}/api/me", headers={"Authorization": f"Bearer {bearer}"}, timeout=30
    )

    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("kind", FORGERIES)
def test_a_forged_cookie_is_refused(door: str, stytch_key: dict[str, Any], kind: str) -> None:
    cookie = FORGERIES[kind](stytch_key)

    answer = requests.get(f"{door}/api/me", cookies={"stytch_session_jwt": cookie}, timeout=30)

    assert answer.status_code == 401


@pytest.mark.parametrize("header", CONTEXT_HEADERS)
def test_a_client_context_in_a_header_is_not_believed(door: str, header: str) -> None:
    netlify = base64.b64encode(json.dumps({"user": admin_claims()}).encode()).decode()
    context = base64.b64encode(json.dumps({"custom": {"netlify": netlify}}).encode()).decode()

    answer = requests.get(f"{door}/api/me", headers={header: context}, timeout=30)

    assert answer.status_code == 401
    assert answer.json()["code"] == "no_credentials"


def test_a_client_context_in_the_body_is_not_believed(door: str) -> None:
    netlify = base64.b64encode(json.dumps({"user": admin_claims()}).encode()).decode()
    body = {"title": "x", "clientContext": {"custom": {"netlify": netlify}}}

    answer = requests.post(f"{door}/api/issues", json=body, timeout=30)

    assert answer.json()["code"] == "no_credentials"


@pytest.mark.parametrize("cookie", ["stytch_session", "stytch_session_jwt"])
def test_a_netlify_token_is_no_stytch_session(other: Visitor, door: str, cookie: str) -> None:
    answer = requests.get(f"{door}/api/me", cookies={cookie: str(other.bearer)}, timeout=30)

    assert answer.status_code == 401


def test_roles_that_one_gives_oneself_make_no_admin(cloud: RunningCloud) -> None:
    visitor = Visitor(cloud.url, f"climber-{uuid.uuid4().hex[:8]}@example.com")
    roles = {"roles": ["admin"], "app_metadata": {"roles": ["admin"]}}
    visitor.call(
        "POST",
        "/.netlify/identity/signup",
        json={"email": visitor.email, "password": PASSWORD, "data": roles, **roles},
    )
    visitor.confirm()
    visitor.sign_in()
    visitor.call("PUT", "/.netlify/identity/user", json={"data": roles, **roles})
    visitor.sign_in()

    answer = visitor.call("POST", "/api/users", json={"email": "x@example.com"})

    assert visitor.call("GET", "/api/me").json()["roles"] == []
    assert answer.status_code == 403


def test_an_unconfirmed_address_of_an_admin_opens_nothing(cloud: RunningCloud) -> None:
    impostor = Visitor(cloud.url, "ADA@EXAMPLE.COM")
    impostor.sign_up()

    answer = impostor.sign_in()

    assert answer.status_code == 400
    assert impostor.bearer is None


def test_an_owner_in_the_body_is_passed_over(member: Visitor, other: Visitor) -> None:
    victim = other.call("GET", "/api/me").json()
    body = {"title": "x", "id": 1, "assignee_id": victim["id"], "assignee_email": victim["email"]}

    created = member.call("POST", "/api/issues", json=body).json()
    changed = member.call("PATCH", f"/api/issues/{created['id']}", json=body).json()

    me = member.call("GET", "/api/me").json()
    assert created["assignee_id"] == changed["assignee_id"] == me["id"]
    assert changed["id"] == created["id"]


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
def test_a_method_in_a_header_is_not_believed(member: Visitor, header: str) -> None:
    issue = member.call("POST", "/api/issues", json={"title": "Stays"}).json()

    member.call("GET", f"/api/issues/{issue['id']}", headers={header: "DELETE"})

    assert member.call("GET", f"/api/issues/{issue['id']}").status_code == 200


def test_a_planted_session_cookie_is_not_kept(stytch_visitor: NewVisitor) -> None:
    victim = stytch_visitor("victim")
    planted = victim.browser.cookies["stytch_session"]
    wait_for_next_second()
    victim.ask_for_link()

    landing = victim.follow_link()

    assert landing.cookies["stytch_session"] != planted
