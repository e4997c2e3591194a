"""Users and invitations: added by an admin, claimed by whoever proves to own the address."""

from __future__ import annotations

import uuid

import pytest

from tests.support.visitor import Visitor, wait_for_next_second


@pytest.fixture
def email() -> str:
    return f"user-{uuid.uuid4().hex[:8]}@example.com"


def test_an_admin_adds_a_user(admin: Visitor, email: str) -> None:
    answer = admin.call("POST", "/api/users", json={"email": email.upper(), "name": "Noa"})

    user_id = answer.json()["id"]
    found = admin.call("GET", f"/api/users/{user_id}").json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/api/users/{user_id}"
    assert found == {
        "id": user_id,
        "name": "Noa",
        "email": email,
        "created_at": found["created_at"],
    }


def test_an_address_is_taken_once(admin: Visitor, email: str) -> None:
    admin.call("POST", "/api/users", json={"email": email})

    answer = admin.call("POST", "/api/users", json={"email": email})

    assert answer.status_code == 409
    assert answer.json()["code"] == "email_taken"


def test_a_repeated_key_answers_the_same_user(admin: Visitor, email: str) -> None:
    key = {"Idempotency-Key": uuid.uuid4().hex}
    first = admin.call("POST", "/api/users", json={"email": email}, headers=key)

    second = admin.call("POST", "/api/users", json={"email": email}, headers=key)

    assert second.status_code == 201
    assert second.json() == first.json()


def test_a_member_adds_nobody(member: Visitor, email: str) -> None:
    answer = member.call("POST", "/api/users", json={"email": email})

    assert answer.status_code == 403
    assert answer.json()["code"] == "admin_only"


def test_users_come_in_pages(admin: Visitor, member: Visitor, email: str) -> None:
    admin.call("POST", "/api/users", json={"email": email})
    admin.call("POST", "/api/users", json={"email": f"second-{email}"})

    first = member.call("GET", "/api/users?limit=1")
    second = member.call("GET", first.links["next"]["url"])

    assert [row["email"] for row in first.json()] == [f"second-{email}"]
    assert [row["email"] for row in second.json()] == [email]


def test_a_deleted_user_is_gone(admin: Visitor, email: str) -> None:
    user_id = admin.call("POST", "/api/users", json={"email": email}).json()["id"]

    first = admin.call("DELETE", f"/api/users/{user_id}")
    second = admin.call("DELETE", f"/api/users/{user_id}")

    assert (first.status_code, first.json()) == (200, {"message": "success"})
    assert second.status_code == 404


def test_a_member_deletes_nobody(admin: Visitor, member: Visitor, email: str) -> None:
    user_id = admin.call("POST", "/api/users", json={"email": email}).json()["id"]

    answer = member.call("DELETE", f"/api/users/{user_id}")

    assert answer.status_code == 403
    assert admin.call("GET", f"/api/users/{user_id}").status_code == 200


def test_an_invitation_may_be_sent_again(admin: Visitor, email: str) -> None:
    first = admin.call("POST", "/api/invite", json={"email": email})
    wait_for_next_second()

    again = admin.call("POST", "/.netlify/functions/invite", json={"email": email})

    users = admin.call("GET", "/api/users?limit=200").json()
    assert first.json() == {"message": "magic link sent"}
    assert again.json() == {"message": "magic link sent"}
    assert [user["email"] for user in users].count(email) == 1


def test_whoever_follows_the_invitation_claims_the_row(admin: Visitor, email: str) -> None:
    guest = Visitor(admin.base_url, email)
    admin.call("POST", "/api/invite", json={"email": email, "name": "Wim Sonn"})

    guest.follow_link()

    users = admin.call("GET", "/api/users?limit=200").json()
    assert [user["name"] for user in users if user["email"] == email] == ["Wim Sonn"]
    assert guest.call("GET", "/api/me").json()["name"] == "Wim Sonn"


def test_an_invitation_of_a_deleted_user_is_spoilt(admin: Visitor, email: str) -> None:
    guest = Visitor(admin.base_url, email)
    admin.call("POST", "/api/invite", json={"email": email})
    users = admin.call("GET", "/api/users?limit=200").json()
    user_id = next(user["id"] for user in users if user["email"] == email)

    admin.call("DELETE", f"/api/users/{user_id}")

    assert guest.follow_link().status_code == 401


def test_a_deleted_user_is_signed_out_and_cannot_write(admin: Visitor, email: str) -> None:
    guest = Visitor(admin.base_url, email)
    guest.ask_for_link()
    guest.follow_link()
    users = admin.call("GET", "/api/users?limit=200").json()
    user_id = next(user["id"] for user in users if user["email"] == email)

    admin.call("DELETE", f"/api/users/{user_id}")

    answer = guest.call("POST", "/api/issues", json={"title": "A ghost's"})
    assert answer.status_code == 401
    assert answer.json()["code"] == "account_deleted"


def test_who_has_an_account_is_mailed_a_link_all_the_same(admin: Visitor, email: str) -> None:
    user = Visitor(admin.base_url, email)
    user.ask_for_link()
    user.follow_link()
    wait_for_next_second()

    invited = admin.call("POST", "/api/invite", json={"email": email})

    elsewhere = Visitor(admin.base_url, email)
    assert invited.json() == {"message": "magic link sent"}
    assert elsewhere.follow_link().status_code == 303


def test_a_member_invites_nobody(member: Visitor, email: str) -> None:
    answer = member.call("POST", "/api/invite", json={"email": email})

    assert answer.status_code == 403
