"""POST /signup."""

from __future__ import annotations

import re

import pytest

from tests.contract.identity.under_test import (
    FRACTIONS,
    LONG_ADDRESS,
    at_gotrue,
    here,
    only_emulator,
)

RFC_3339 = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"
BODY = {"email": "lin@example.com", "password": "correct horse battery staple"}


def test_sign_up_answers_the_user_without_a_token(identity):
    answer = identity.post("/signup", json={**BODY, "data": {"full_name": "Lin"}})

    assert answer.status_code == 200
    user = answer.json()
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", user.pop("id"))
    moments = [user.pop(name) for name in ("confirmation_sent_at", "created_at", "updated_at")]
    assert [one for one in moments if not re.fullmatch(RFC_3339, one)] == []
    assert user == {
        "aud": "",
        "role": "",
        "email": "lin@example.com",
        "app_metadata": {"provider": "email"},
        "user_metadata": {"full_name": "Lin"},
    }


@here(FRACTIONS)
def test_times_are_whole_seconds(identity):
    user = identity.post("/signup", json=BODY).json()

    assert re.fullmatch(r"[^.]+Z", user["created_at"])


@at_gotrue(FRACTIONS)
def test_times_of_gotrue_have_fractions_at_first(identity):
    user = identity.post("/signup", json=BODY).json()

    kept = identity.get(f"/admin/users/{user['id']}", headers=identity.operator()).json()
    assert "." in user["confirmation_sent_at"]
    assert "." not in kept["confirmation_sent_at"]


def test_no_metadata_is_null_at_first(identity):
    user = identity.post("/signup", json=BODY).json()

    again = identity.post("/signup", json=BODY).json()
    assert user["user_metadata"] is None
    assert again["user_metadata"] == {}


def test_a_password_that_is_too_long_cannot_be_kept(identity):
    answer = identity.post("/signup", json={**BODY, "password": "p" * 73})

    refusal = answer.json()
    assert answer.status_code == 500
    assert refusal.pop("error_id")
    assert refusal == {"code": 500, "msg": "Database error creating user"}


def test_sign_up_mails_a_link_to_confirm(identity):
    identity.post("/signup", json=BODY)

    [mail] = identity.mails()
    assert mail["to"] == "lin@example.com"
    assert mail["subject"] == "Confirm Your Signup"
    assert mail["provider"] == "netlify"
    assert re.fullmatch(
        r"http://localhost:8888/#confirmation_token=[A-Za-z0-9_-]{22}", mail["link"]
    )


def test_without_confirmation_nobody_signs_in(identity):
    identity.post("/signup", json=BODY)

    answer = identity.password_grant("lin@example.com")

    assert answer.status_code == 400
    assert answer.json() == {
        "error": "invalid_grant",
        "error_description": "Email not confirmed",
    }


def test_autoconfirm_needs_no_mail(start):
    identity = start(autoconfirm=True)

    user = identity.post("/signup", json=BODY).json()

    assert user["confirmed_at"] >= user["created_at"]
    assert identity.mails() == []
    assert identity.password_grant("lin@example.com").status_code == 200


def test_signing_up_again_before_confirming_is_welcome(identity):
    first = identity.post("/signup", json={**BODY, "data": {"a": 1, "b": 2}}).json()

    again = identity.post("/signup", json={**BODY, "data": {"b": None, "c": 3}})

    assert again.status_code == 200
    assert again.json()["id"] == first["id"]
    assert again.json()["user_metadata"] == {"a": 1, "c": 3}


def test_signing_up_again_does_not_change_the_password(identity):
    identity.post("/signup", json=BODY)
    identity.post("/signup", json={**BODY, "password": "somebody else's"})

    identity.post("/verify", json={"type": "signup", "token": identity.mailed_token()})

    assert identity.password_grant("lin@example.com", "somebody else's").status_code == 400
    assert identity.password_grant("lin@example.com", BODY["password"]).status_code == 200


def test_a_second_mail_waits_for_fifteen_minutes(identity):
    identity.post("/signup", json=BODY)
    identity.clock.advance(14 * 60)

    identity.post("/signup", json=BODY)

    assert len(identity.mails()) == 1


def test_a_second_mail_goes_out_after_fifteen_minutes(identity):
    identity.post("/signup", json=BODY)
    identity.clock.advance(16 * 60)

    identity.post("/signup", json=BODY)

    assert len(identity.mails()) == 2
    assert identity.mails()[0]["link"] != identity.mails()[1]["link"]


def test_a_confirmed_address_cannot_sign_up_again(identity):
    identity.confirmed_user("lin@example.com")

    answer = identity.post("/signup", json={**BODY, "email": "LIN@example.com"})

    assert answer.status_code == 400
    assert answer.json() == {
        "code": 400,
        "msg": "A user with this email address has already been registered",
    }


def test_closed_sign_up_is_forbidden(start):
    answer = start(disable_signup=True).post("/signup", json=BODY)

    assert answer.status_code == 403
    assert answer.json() == {"code": 403, "msg": "Signups not allowed for this instance"}


def test_a_password_is_required(identity):
    answer = identity.post("/signup", json={"email": "lin@example.com"})

    assert answer.status_code == 422
    assert answer.json() == {"code": 422, "msg": "Signup requires a valid password"}


def test_an_address_is_required(identity):
    answer = identity.post("/signup", json={"password": "x"})

    assert answer.status_code == 422
    assert answer.json() == {"code": 422, "msg": "An email address is required"}


@pytest.mark.parametrize("email", ["lin", "lin@", "@example.com", "a b@example.com", "a@b@c"])
def test_what_is_no_address_is_refused(identity, email):
    answer = identity.post("/signup", json={**BODY, "email": email})

    assert answer.status_code == 422
    assert answer.json()["msg"].startswith("Unable to validate email address: ")


@here(LONG_ADDRESS)
def test_an_address_that_is_too_long_is_refused(identity):
    answer = identity.post("/signup", json={**BODY, "email": f"{'x' * 244}@example.com"})

    assert answer.status_code == 422


@at_gotrue(LONG_ADDRESS)
def test_gotrue_cannot_keep_an_address_that_is_too_long(identity):
    answer = identity.post("/signup", json={**BODY, "email": f"{'x' * 244}@example.com"})

    assert answer.status_code == 500


@only_emulator("its state is a database of its own")
def test_the_password_is_stored_as_a_salted_hash_only(start, tmp_path):
    identity = start(tmp_path / "state.sqlite")
    identity.post("/signup", json=BODY)

    stored = b"".join(file.read_bytes() for file in tmp_path.iterdir())

    assert b"lin@example.com" in stored
    assert b"correct horse" not in stored
