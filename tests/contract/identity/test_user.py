"""GET and PUT /user."""

from __future__ import annotations

import re
from datetime import datetime

from tests.contract.identity.under_test import ADMIN, MADE_BY_ADMIN, not_live

EMAIL = "lin@example.com"


def test_the_bearer_reads_their_record(identity):
    signed_up = identity.confirmed_user(EMAIL, full_name="Lin")

    answer = identity.get("/user", headers=identity.bearer(EMAIL))

    assert answer.status_code == 200
    assert answer.json()["id"] == signed_up["id"]
    assert answer.json()["user_metadata"] == {"full_name": "Lin"}


@not_live(MADE_BY_ADMIN)
def test_the_record_holds_no_secret(identity):
    identity.confirmed_user(EMAIL)

    assert set(identity.get("/user", headers=identity.bearer(EMAIL)).json()) == {
        "id",
        "aud",
        "role",
        "email",
        "confirmed_at",
        "confirmation_sent_at",
        "app_metadata",
        "user_metadata",
        "created_at",
        "updated_at",
    }


def test_a_deleted_user_is_not_found(identity):
    user = identity.confirmed_user(EMAIL)
    bearer = identity.bearer(EMAIL)
    identity.delete(f"/admin/users/{user['id']}", headers=identity.operator())

    answer = identity.get("/user", headers=bearer)

    assert answer.status_code == 404
    assert answer.json() == {"code": 404, "msg": "User not found"}


@not_live(ADMIN)
def test_the_operator_has_no_record(identity):
    answer = identity.get("/user", headers=identity.operator())

    assert answer.status_code == 400
    assert answer.json() == {"code": 400, "msg": "Could not read User ID claim"}


def test_another_audience_than_the_tokens_is_refused(identity):
    identity.confirmed_user(EMAIL)

    answer = identity.get("/user", headers={**identity.bearer(EMAIL), "X-JWT-AUD": "elsewhere"})

    assert answer.status_code == 400
    assert answer.json() == {
        "code": 400,
        "msg": "Token audience doesn't match request audience",
    }


def test_data_is_merged_and_null_removes(identity):
    identity.confirmed_user(EMAIL, full_name="Lin", city="Oslo")

    answer = identity.put(
        "/user", json={"data": {"city": None, "pet": "cat"}}, headers=identity.bearer(EMAIL)
    )

    assert answer.status_code == 200
    assert answer.json()["user_metadata"] == {"full_name": "Lin", "pet": "cat"}


def test_a_null_from_the_sign_up_stays_until_it_is_removed(identity):
    identity.confirmed_user(EMAIL, city=None, pet="cat")
    bearer = identity.bearer(EMAIL)

    other = identity.put("/user", json={"data": {"pet": "dog"}}, headers=bearer).json()
    removed = identity.put("/user", json={"data": {"city": None}}, headers=bearer).json()

    assert other["user_metadata"] == {"city": None, "pet": "dog"}
    assert removed["user_metadata"] == {"pet": "dog"}


def test_the_answer_to_a_change_moves_updated_at(identity):
    identity.confirmed_user(EMAIL)
    bearer = identity.bearer(EMAIL)
    identity.clock.advance(60)
    before = identity.get("/user", headers=bearer).json()

    after = identity.put("/user", json={"data": {"a": 1}}, headers=bearer).json()

    assert after["updated_at"] > before["updated_at"]
    assert after["created_at"] == before["created_at"]


def test_the_moved_updated_at_is_not_kept(identity):
    identity.confirmed_user(EMAIL)
    bearer = identity.bearer(EMAIL)
    identity.clock.advance(60)

    identity.put("/user", json={"data": {"a": 1}}, headers=bearer)

    assert age_at_update(identity.get("/user", headers=bearer).json()) <= 2


def test_signing_in_does_not_move_updated_at(identity):
    identity.confirmed_user(EMAIL)
    identity.clock.advance(60)

    identity.refresh_grant(identity.password_grant(EMAIL).json()["refresh_token"])

    record = identity.get("/user", headers=identity.bearer(EMAIL)).json()
    assert age_at_update(record) <= 2


def age_at_update(record):
    """By how many seconds the last change was later than the record."""
    created, updated = (
        datetime.fromisoformat(record[name]) for name in ("created_at", "updated_at")
    )
    return (updated - created).total_seconds()


def test_app_metadata_is_not_the_users_to_change(identity):
    identity.confirmed_user(EMAIL)
    bearer = identity.bearer(EMAIL)
    body = {"app_metadata": {"roles": ["admin"]}, "data": {"a": 1}}

    answer = identity.put("/user", json=body, headers=bearer)

    assert answer.status_code == 401
    assert answer.json() == {
        "code": 401,
        "msg": "Updating app_metadata requires admin privileges",
    }
    assert identity.get("/user", headers=bearer).json()["user_metadata"] == {}


def test_an_admin_changes_their_own_app_metadata(identity):
    user = identity.confirmed_user(EMAIL)
    identity.put(f"/admin/users/{user['id']}", json={"role": "admin"}, headers=identity.operator())

    answer = identity.put(
        "/user", json={"app_metadata": {"roles": ["owner"]}}, headers=identity.bearer(EMAIL)
    )

    assert answer.status_code == 200
    assert answer.json()["app_metadata"] == {"provider": "email", "roles": ["owner"]}


def test_a_new_password_replaces_the_old(identity):
    identity.confirmed_user(EMAIL)

    identity.put("/user", json={"password": "new"}, headers=identity.bearer(EMAIL))

    assert identity.password_grant(EMAIL).status_code == 400
    assert identity.password_grant(EMAIL, "new").status_code == 200


class TestNewAddress:
    def test_it_is_pending_first(self, identity):
        identity.confirmed_user(EMAIL)

        answer = identity.put(
            "/user", json={"email": "new@example.com"}, headers=identity.bearer(EMAIL)
        )

        assert answer.status_code == 200
        assert answer.json()["email"] == EMAIL
        assert answer.json()["new_email"] == "new@example.com"
        assert answer.json()["email_change_sent_at"][:16] == answer.json()["updated_at"][:16]

    def test_it_is_mailed_a_link(self, identity):
        identity.confirmed_user(EMAIL)
        identity.put("/user", json={"email": "new@example.com"}, headers=identity.bearer(EMAIL))

        mail = identity.mails()[0]
        assert mail["to"] == "new@example.com"
        assert mail["subject"] == "Confirm Email Change"
        assert re.fullmatch(
            r"http://localhost:8888/#email_change_token=[A-Za-z0-9_-]{22}", mail["link"]
        )

    def test_its_token_makes_it_the_address(self, identity):
        identity.confirmed_user(EMAIL)
        bearer = identity.bearer(EMAIL)
        identity.put("/user", json={"email": "new@example.com"}, headers=bearer)

        answer = identity.put(
            "/user", json={"email_change_token": identity.mailed_token()}, headers=bearer
        )

        assert answer.status_code == 200
        assert answer.json()["email"] == "new@example.com"
        assert "new_email" not in answer.json()
        assert identity.password_grant("new@example.com").status_code == 200

    def test_a_wrong_token_is_refused(self, identity):
        identity.confirmed_user(EMAIL)
        bearer = identity.bearer(EMAIL)
        identity.put("/user", json={"email": "new@example.com"}, headers=bearer)

        answer = identity.put("/user", json={"email_change_token": "wrong"}, headers=bearer)

        assert answer.status_code == 401
        assert answer.json() == {
            "code": 401,
            "msg": "Email Change Token didn't match token on file",
        }

    def test_its_token_does_not_work_after_a_day(self, identity):
        identity.confirmed_user(EMAIL)
        identity.put("/user", json={"email": "new@example.com"}, headers=identity.bearer(EMAIL))
        token = identity.mailed_token()
        identity.clock.advance(86401)

        answer = identity.put(
            "/user", json={"email_change_token": token}, headers=identity.bearer(EMAIL)
        )

        assert answer.status_code == 422
        assert answer.json() == {"code": 422, "msg": "Email change token expired"}

    def test_another_users_address_is_refused(self, identity):
        identity.confirmed_user("taken@example.com")
        identity.confirmed_user(EMAIL)

        answer = identity.put(
            "/user", json={"email": "taken@example.com"}, headers=identity.bearer(EMAIL)
        )

        assert answer.status_code == 422
        assert answer.json() == {
            "code": 422,
            "msg": "Email address already registered by another user",
        }

    def test_ones_own_address_changes_nothing(self, identity):
        identity.confirmed_user(EMAIL)

        answer = identity.put("/user", json={"email": EMAIL}, headers=identity.bearer(EMAIL))

        assert answer.status_code == 200
        assert "new_email" not in answer.json()
        assert len(identity.mails()) == 1
