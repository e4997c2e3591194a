"""POST /verify with the token of a confirmation mail."""

from __future__ import annotations

import pytest

from tests.contract.identity.under_test import MADE_BY_ADMIN, not_live

BODY = {"email": "lin@example.com", "password": "correct horse battery staple"}
DAY = 86400


def test_confirming_signs_in(identity):
    user = identity.post("/signup", json=BODY).json()

    answer = identity.post("/verify", json={"type": "signup", "token": identity.mailed_token()})

    assert answer.status_code == 200
    tokens = answer.json()
    assert set(tokens) == {"access_token", "token_type", "expires_in", "refresh_token"}
    claims = identity.claims(tokens["access_token"])
    assert claims["sub"] == user["id"]


@not_live(MADE_BY_ADMIN)
def test_confirming_is_remembered_in_the_record(identity):
    identity.confirmed_user("lin@example.com")

    user = identity.get("/user", headers=identity.bearer("lin@example.com")).json()

    assert user["confirmed_at"] >= user["confirmation_sent_at"]


def test_confirming_sets_the_cookie_that_is_asked_for(identity):
    identity.post("/signup", json=BODY)

    answer = identity.post(
        "/verify",
        json={"type": "signup", "token": identity.mailed_token()},
        headers={"X-Use-Cookie": "1"},
    )

    assert answer.headers["Set-Cookie"].startswith(f"nf_jwt={answer.json()['access_token']}; ")


def test_a_link_works_once(identity):
    identity.post("/signup", json=BODY)
    body = {"type": "signup", "token": identity.mailed_token()}
    identity.post("/verify", json=body)

    answer = identity.post("/verify", json=body)

    assert answer.status_code == 404
    assert answer.json() == {"code": 404, "msg": "User not found"}


def test_a_link_works_for_a_day(identity):
    identity.post("/signup", json=BODY)
    identity.clock.advance(DAY - 60)

    answer = identity.post("/verify", json={"type": "signup", "token": identity.mailed_token()})

    assert answer.status_code == 200


def test_a_link_does_not_work_for_longer(identity):
    identity.post("/signup", json=BODY)
    identity.clock.advance(DAY + 1)

    answer = identity.post("/verify", json={"type": "signup", "token": identity.mailed_token()})

    assert answer.status_code == 422
    assert answer.json() == {"code": 422, "msg": "Confirmation token expired"}


def test_a_confirmation_token_is_no_recovery_token(identity):
    identity.post("/signup", json=BODY)

    answer = identity.post("/verify", json={"type": "recovery", "token": identity.mailed_token()})

    assert answer.status_code == 404


@pytest.mark.parametrize("token", ["", "  ", None])
def test_a_token_is_required(identity, token):
    answer = identity.post("/verify", json={"type": "signup", "token": token})

    assert answer.status_code == 422
    assert answer.json() == {"code": 422, "msg": "Verify requires a token"}


@pytest.mark.parametrize("kind", ["", "email_change", None])
def test_a_known_type_is_required(identity, kind):
    answer = identity.post("/verify", json={"type": kind, "token": "some"})

    assert answer.status_code == 422
    assert answer.json() == {"code": 422, "msg": "Verify requires a verification type"}
