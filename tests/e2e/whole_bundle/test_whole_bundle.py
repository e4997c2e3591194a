"""The whole job, over HTTP only: what a front end and the people before it do.

The tests tell one story and run in order. `LATCHKEY_BASE_URL` points them at a site that runs
already (the local cloud behind another front, such as `netlify dev`); else they start a local cloud
of their own, and end it.
"""

from __future__ import annotations

import re
import uuid

import pytest
import requests

from tests.support.visitor import Visitor, wait_for_next_second

STORY = uuid.uuid4().hex[:8]


@pytest.fixture(scope="module")
def lin(base_url: str) -> Visitor:
    """Signs up with Netlify Identity."""
    return Visitor(base_url, f"lin-{STORY}@example.com")


@pytest.fixture(scope="module")
def sam(base_url: str) -> Visitor:
    """Signs in with magic links."""
    return Visitor(base_url, f"sam-{STORY}@example.com")


@pytest.fixture(scope="module")
def ada(base_url: str) -> Visitor:
    """The demo admin."""
    visitor = Visitor(base_url, "ada@example.com")
    visitor.sign_in("latchkey")
    return visitor


@pytest.fixture(scope="module")
def issue(lin: Visitor) -> dict[str, object]:
    """Lin's issue, created as the tutorial's page does: JSON in a plain text body."""
    answer = lin.call(
        "POST",
        "/.netlify/functions/create",
        data='{"title": "Água in the café"}'.encode(),
        headers={"Content-Type": "text/plain;charset=UTF-8"},
    )
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_signing_up_answers_the_user_without_a_token(lin: Visitor) -> None:
    answer = lin.sign_up()

    assert answer.status_code == 200
    assert "access_token" not in answer.json()


def test_an_unconfirmed_account_cannot_sign_in(lin: Visitor) -> None:
    answer = lin.sign_in()

    assert answer.status_code == 400
    assert answer.json()["error_description"] == "Email not confirmed"


def test_the_confirmation_link_of_the_outbox_signs_in(lin: Visitor) -> None:
    confirmed = lin.confirm()
    signed_in = lin.sign_in()

    assert confirmed.status_code == 200
    assert signed_in.status_code == 200


def test_me_is_the_identity_user(lin: Visitor) -> None:
    me = lin.call("GET", "/.netlify/functions/get/me").json()

    assert me["id"].startswith("netlify:")
    assert {key: me[key] for key in ("provider", "email", "name", "roles")} == {
        "provider": "netlify",
        "email": lin.email,
        "name": "Lin Chen",
        "roles": [],
    }


def test_a_created_issue_belongs_to_its_creator(lin: Visitor, issue: dict[str, object]) -> None:
    assert issue["message"] == "Issue created"
    assert issue["title"] == "Água in the café"
    assert issue["status"] == "to-do"
    assert issue["assignee_name"] == "Lin Chen"
    assert issue["assignee_email"] == lin.email


def test_the_list_is_an_array_that_holds_it(lin: Visitor, issue: dict[str, object]) -> None:
    answer = lin.call("GET", "/.netlify/functions/get")

    assert isinstance(answer.json(), list)
    assert issue["id"] in [row["id"] for row in answer.json()]


def test_pages_follow_each_other_by_link(lin: Visitor, issue: dict[str, object]) -> None:
    titles = [f"page {number}" for number in range(4)]
    for title in titles:
        lin.call("POST", "/api/issues", json={"title": title})

    first = lin.call("GET", "/api/issues?assignee=me&limit=3")
    second = lin.call("GET", first.links["next"]["url"])

    assert [row["title"] for row in first.json()] == ["page 3", "page 2", "page 1"]
    assert [row["title"] for row in second.json()] == ["page 0", issue["title"]]
    assert "next" not in second.links


def test_its_assignee_changes_it(lin: Visitor, issue: dict[str, object]) -> None:
    answer = lin.call("PATCH", f"/api/issues/{issue['id']}", json={"status": "in progress"})

    assert answer.status_code == 200
    assert answer.json()["status"] == "in progress"


def test_a_magic_link_of_the_outbox_leads_to_the_profile(sam: Visitor) -> None:
    asked = sam.ask_for_link()
    landed = sam.follow_link()

    assert asked.json() == {"message": "magic link sent"}
    assert landed.status_code == 303
    assert landed.headers["Location"] == "/profile"


def test_the_session_is_kept_in_cookies_that_no_script_can_read(sam: Visitor) -> None:
    kept = {cookie.name: cookie for cookie in sam.browser.cookies}

    assert kept["stytch_session"].has_nonstandard_attr("HttpOnly")
    assert kept["stytch_session_jwt"].has_nonstandard_attr("HttpOnly")


def test_me_is_the_stytch_user(sam: Visitor) -> None:
    me = sam.call("GET", "/.netlify/functions/get/me").json()

    assert me["id"].startswith("stytch:user-test-")
    assert me["email"] == sam.email


def test_a_link_works_once(sam: Visitor) -> None:
    again = sam.follow_link()

    assert again.status_code == 401
    assert again.json()["code"] == "link_expired"


def test_another_member_cannot_change_the_issue(sam: Visitor, issue: dict[str, object]) -> None:
    answer = sam.call("PATCH", f"/api/issues/{issue['id']}", json={"title": "mine"})

    assert answer.status_code == 403
    assert answer.json()["code"] == "not_assignee"


def test_another_member_cannot_delete_the_issue(sam: Visitor, issue: dict[str, object]) -> None:
    answer = sam.call("DELETE", f"/api/issues/{issue['id']}")

    assert answer.status_code == 403


def test_a_member_cannot_invite(sam: Visitor) -> None:
    answer = sam.call("POST", "/api/invite", json={"email": f"friend-{STORY}@example.com"})

    assert answer.status_code == 403


def test_an_admin_invites_and_the_guest_gets_in(ada: Visitor, base_url: str) -> None:
    guest = Visitor(base_url, f"guest-{STORY}@example.com")

    invited = ada.call("POST", "/api/invite_user", json={"email": guest.email, "name": "Kit Ode"})
    landed = guest.follow_link()

    assert invited.json() == {"message": "magic link sent"}
    assert landed.headers["Location"] == "/profile"
    assert guest.call("GET", "/api/me").json()["name"] == "Kit Ode"


def test_the_users_are_those_who_signed_in_or_were_invited(ada: Visitor, sam: Visitor) -> None:
    users = ada.call("GET", "/.netlify/functions/get/users").json()

    assert {sam.email, f"guest-{STORY}@example.com"} <= {user["email"] for user in users}


def test_an_admin_may_change_any_issue(ada: Visitor, issue: dict[str, object]) -> None:
    answer = ada.call("PATCH", f"/api/issues/{issue['id']}", json={"status": "done"})

    assert answer.json()["status"] == "done"


def test_its_assignee_deletes_it(lin: Visitor, issue: dict[str, object]) -> None:
    deleted = lin.call("DELETE", f"/.netlify/functions/delete/issues/{issue['id']}")
    found = lin.call("GET", f"/.netlify/functions/get/issues/{issue['id']}")

    assert deleted.json() == {"message": "success"}
    assert found.status_code == 404


def test_signing_out_ends_the_session_for_good(sam: Visitor, base_url: str) -> None:
    token = sam.browser.cookies["stytch_session"]

    signed_out = sam.call("POST", "/.netlify/functions/logout")
    with_the_old_token = requests.get(
        f"{base_url}/api/me", headers={"Authorization": f"Bearer {token}"}, timeout=30
    )

    assert signed_out.json() == {"message": "logged out"}
    assert "stytch_session" not in sam.browser.cookies
    assert with_the_old_token.status_code == 401


def test_deleting_an_account_leaves_no_row(lin: Visitor, ada: Visitor) -> None:
    deleted = lin.call("DELETE", "/.netlify/functions/delete")

    board = ada.call("GET", "/api/issues?limit=200").json()
    assert deleted.status_code == 204
    assert lin.email not in [row["assignee_email"] for row in board]


def test_its_identity_is_gone(lin: Visitor) -> None:
    answer = Visitor(lin.base_url, lin.email).sign_in()

    assert answer.status_code == 400
    assert answer.json()["error"] == "invalid_grant"


def test_its_living_token_cannot_write(lin: Visitor) -> None:
    answer = lin.call("POST", "/.netlify/functions/create", json={"title": "a ghost's"})

    assert answer.status_code == 401
    assert answer.json()["code"] == "account_deleted"


def test_a_stytch_account_goes_with_its_rows_and_sessions(sam: Visitor, ada: Visitor) -> None:
    wait_for_next_second()
    sam.ask_for_link()
    sam.follow_link()
    sam.call("POST", "/api/issues", json={"title": "soon gone"})

    deleted = sam.call("DELETE", "/.netlify/functions/delete")

    users = ada.call("GET", "/api/users?limit=200").json()
    assert deleted.status_code == 204
    assert sam.email not in [user["email"] for user in users]
    assert sam.call("GET", "/api/me").status_code == 401


def test_every_failure_is_a_problem_with_a_request_id(lin: Visitor) -> None:
    answer = lin.call("GET", "/api/issues/999999999")

    assert answer.headers["Content-Type"] == "application/problem+json"
    assert set(answer.json()) >= {"status", "title", "detail", "code", "request_id"}
    assert re.fullmatch(r"[0-9a-f-]{36}", answer.json()["request_id"])
