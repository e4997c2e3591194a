"""POST /recover, and POST /verify with the token of its mail."""

from __future__ import annotations

import re

EMAIL = "lin@example.com"
DAY = 86400


def test_recovery_mails_a_link(identity):
    identity.confirmed_user(EMAIL)

    answer = identity.post("/recover", json={"email": EMAIL})

    assert answer.status_code == 200
    assert answer.json() == {}
    mail = identity.mails()[0]
    assert mail["to"] == EMAIL
    assert mail["subject"] == "Reset Your Password"
    assert re.fullmatch(r"http://localhost:8888/#recovery_token=[A-Za-z0-9_-]{22}", mail["link"])


def test_an_unknown_address_gets_the_same_answer_and_no_mail(identity):
    answer = identity.post("/recover", json={"email": "nobody@example.com"})

    assert answer.status_code == 200
    assert answer.json() == {}
    assert identity.mails() == []


def test_an_address_is_required(identity):
    answer = identity.post("/recover", json={})

    assert answer.status_code == 422
    assert answer.json() == {"code": 422, "msg": "Password recovery requires an email"}


def test_a_second_mail_waits_for_fifteen_minutes(identity):
    identity.confirmed_user(EMAIL)
    identity.post("/recover", json={"email": EMAIL})
    identity.clock.advance(14 * 60)

    answer = identity.post("/recover", json={"email": EMAIL})

    assert answer.status_code == 429
    assert answer.json() == {"code": 429, "msg": "Rate limit exceeded, try again later"}


def test_a_second_mail_goes_out_after_fifteen_minutes(identity):
    identity.confirmed_user(EMAIL)
    identity.post("/recover", json={"email": EMAIL})
    identity.clock.advance(16 * 60)

    assert identity.post("/recover", json={"email": EMAIL}).status_code == 200


def test_the_link_signs_in_and_a_new_password_may_follow(identity):
    identity.confirmed_user(EMAIL)
    identity.post("/recover", json={"email": EMAIL})

    body = {"type": "recovery", "token": identity.mailed_token()}
    token = identity.post("/verify", json=body).json()["access_token"]
    bearer = {"Authorization": f"Bearer {token}"}
    identity.put("/user", json={"password": "a new one"}, headers=bearer)

    assert identity.password_grant(EMAIL, "a new one").status_code == 200
    assert identity.password_grant(EMAIL).status_code == 400


def test_the_link_works_once(identity):
    identity.confirmed_user(EMAIL)
    identity.post("/recover", json={"email": EMAIL})
    body = {"type": "recovery", "token": identity.mailed_token()}
    identity.post("/verify", json=body)

    answer = identity.post("/verify", json=body)

    assert answer.status_code == 404
    assert answer.json() == {"code": 404, "msg": "User not found"}


def test_the_link_does_not_work_after_a_day(identity):
    identity.confirmed_user(EMAIL)
    identity.post("/recover", json={"email": EMAIL})
    identity.clock.advance(DAY + 1)

    answer = identity.post("/verify", json={"type": "recovery", "token": identity.mailed_token()})

    assert answer.status_code == 422
    assert answer.json() == {"code": 422, "msg": "Recovery token expired"}


def test_the_link_confirms_the_address_too(identity):
    identity.post("/signup", json={"email": EMAIL, "password": "first"})
    identity.post("/recover", json={"email": EMAIL})

    identity.post("/verify", json={"type": "recovery", "token": identity.mailed_token()})

    assert identity.password_grant(EMAIL, "first").status_code == 200
