"""Users and invitations: added by an admin, claimed by whoever proves to own the address."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from tests.support.visitor import Visitor, wait_for_next_second
from tests.support.visitors import NewVisitor


@pytest.fixture
def email() -> str:
    return f"user-{uuid.uuid4().hex[:8]}@example.com"


@pytest.fixture(scope="module")
def second_admin(admin: Visitor, netlify_visitor: NewVisitor) -> Visitor:
    """Somebody who was invited to be an admin."""
    visitor = Visitor(admin.base_url, f"second-{uuid.uuid4().hex[:8]}@example.com")
    invitation = {"email": visitor.email, "provider": "netlify", "role": "admin"}
    admin.call("POST", "/api/invite", json=invitation)
    visitor.accept_invitation()
    return visitor


def row_of(admin: Visitor, email: str, provider: str = "stytch") -> dict[str, Any]:
    """The address's row of a provider, as admins see it."""
    rows = admin.call("GET", "/api/users?limit=200").json()
    wanted = {"email": email, "provider": provider}
    return next(row for row in rows if wanted.items() <= row.items())


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
        "provider": "stytch",
        "principal_id": None,
        "last_seen_at": None,
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


@pytest.mark.parametrize(
    "changed", [{"email": "another-{email}"}, {"name": "Ada"}, {"provider": "netlify"}]
)
def test_another_body_under_a_used_key_is_refused(
    admin: Visitor, email: str, changed: dict[str, str]
) -> None:
    key = {"Idempotency-Key": uuid.uuid4().hex}
    body = {"email": email, "name": "Noa"}
    other_body = body | {name: value.format(email=email) for name, value in changed.items()}
    admin.call("POST", "/api/users", json=body, headers=key)

    answer = admin.call("POST", "/api/users", json=other_body, headers=key)

    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_key_reused")


def test_a_used_key_completes_no_invitation(admin: Visitor, email: str) -> None:
    key = {"Idempotency-Key": uuid.uuid4().hex}
    admin.call("POST", "/api/users", json={"email": f"first-{email}"}, headers=key)
    admin.call("POST", "/api/invite", json={"email": email, "name": "Wim"})

    answer = admin.call("POST", "/api/users", json={"email": email, "name": "W"}, headers=key)

    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_key_reused")
    assert row_of(admin, email)["name"] == "Wim"


def test_a_key_of_another_admin_is_another_key(
    admin: Visitor, second_admin: Visitor, email: str
) -> None:
    key = {"Idempotency-Key": uuid.uuid4().hex}
    admin.call("POST", "/api/users", json={"email": email}, headers=key)

    answer = second_admin.call("POST", "/api/users", json={"email": f"b-{email}"}, headers=key)

    assert answer.status_code == 201


def test_an_address_may_be_one_of_each_provider(admin: Visitor, email: str) -> None:
    first = admin.call("POST", "/api/users", json={"email": email})
    second = admin.call("POST", "/api/users", json={"email": email, "provider": "netlify"})

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() != second.json()


def test_a_claimed_row_is_not_completed(admin: Visitor, stytch_visitor: NewVisitor) -> None:
    user = stytch_visitor("claimed")

    answer = admin.call("POST", "/api/users", json={"email": user.email, "name": "Other"})

    assert (answer.status_code, answer.json()["code"]) == (409, "email_taken")


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
