"""POST /invite, and POST /verify with the token of its mail."""

from __future__ import annotations

import re

from tests.contract.identity.under_test import INVITATION_ENDS, at_gotrue, here

EMAIL = "mae@example.com"
DAY = 86400


def test_inviting_answers_the_user(identity):
    body = {"email": EMAIL, "data": {"full_name": "Mae"}}

    answer = identity.post("/invite", json=body, headers=identity.operator())

    assert answer.status_code == 200
    user = answer.json()
    assert user["email"] == EMAIL
    assert user["user_metadata"] == {"full_name": "Mae"}
    assert user["invited_at"][:16] == user["created_at"][:16]
    assert "confirmed_at" not in user


def test_inviting_mails_a_link(identity):
    identity.post("/invite", json={"email": EMAIL}, headers=identity.operator())

    [mail] = identity.mails()
    assert mail["to"] == EMAIL
    assert mail["subject"] == "You have been invited"
    assert re.fullmatch(r"http://localhost:8888/#invite_token=[A-Za-z0-9_-]{22}", mail["link"])


def test_the_link_takes_a_password_and_signs_in(identity):
    identity.post("/invite", json={"email": EMAIL}, headers=identity.operator())
    body = {"type": "signup", "token": identity.mailed_token(), "password": "mine"}

    answer = identity.post("/verify", json=body)

    assert answer.status_code == 200
    assert identity.password_grant(EMAIL, "mine").status_code == 200


def test_the_link_without_a_password_stays_unused(identity):
    identity.post("/invite", json={"email": EMAIL}, headers=identity.operator())
    body = {"type": "signup", "token": identity.mailed_token()}

    answer = identity.post("/verify", json=body)

    assert answer.status_code == 422
    assert answer.json() == {"code": 422, "msg": "Invited users must specify a password"}
    assert identity.post("/verify", json={**body, "password": "mine"}).status_code == 200


def test_the_link_works_for_seven_days(identity):
    identity.post("/invite", json={"email": EMAIL}, headers=identity.operator())
    identity.clock.advance(7 * DAY - 60)
    body = {"type": "signup", "token": identity.mailed_token(), "password": "mine"}

    assert identity.post("/verify", json=body).status_code == 200


@at_gotrue(INVITATION_ENDS)
def test_the_link_of_gotrue_works_for_ever(identity):
    identity.post("/invite", json={"email": EMAIL}, headers=identity.operator())
    identity.clock.advance(70 * DAY)
    body = {"type": "signup", "token": identity.mailed_token(), "password": "mine"}

    assert identity.post("/verify", json=body).status_code == 200


@here(INVITATION_ENDS)
def test_the_link_does_not_work_for_longer(identity):
    identity.post("/invite", json={"email": EMAIL}, headers=identity.operator())
    identity.clock.advance(7 * DAY + 1)
    body = {"type": "signup", "token": identity.mailed_token(), "password": "mine"}

    answer = identity.post("/verify", json=body)

    assert answer.status_code == 422
    assert answer.json() == {"code": 422, "msg": "Confirmation token expired"}


def test_a_known_address_is_not_invited(identity):
    identity.confirmed_user(EMAIL)

    answer = identity.post("/invite", json={"email": EMAIL}, headers=identity.operator())

    assert answer.status_code == 422
    assert answer.json() == {
        "code": 422,
        "msg": "Email address already registered by another user",
    }


def test_what_is_no_address_is_not_invited(identity):
    answer = identity.post("/invite", json={"email": "mae"}, headers=identity.operator())

    assert answer.status_code == 422


def test_a_user_who_is_no_admin_cannot_invite(identity):
    identity.confirmed_user("lin@example.com")

    answer = identity.post(
        "/invite", json={"email": EMAIL}, headers=identity.bearer("lin@example.com")
    )

    assert answer.status_code == 401
    assert answer.json() == {"code": 401, "msg": "User not allowed"}
    assert len(identity.mails()) == 1
