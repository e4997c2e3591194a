"""POST /token."""

from __future__ import annotations

import time

import jwt
import pytest
import requests

from tests.contract.identity.under_test import RATE_LIMIT, at_gotrue, here

EMAIL = "lin@example.com"
PASSWORD = "correct horse battery staple"
WRONG_CREDENTIALS = {
    "error": "invalid_grant",
    "error_description": "No user found with that email, or password invalid.",
}


def test_a_password_grants_a_session(identity):
    identity.confirmed_user(EMAIL)

    answer = identity.password_grant(EMAIL, PASSWORD)

    assert answer.status_code == 200
    tokens = answer.json()
    assert set(tokens) == {"access_token", "token_type", "expires_in", "refresh_token"}
    assert tokens["token_type"] == "bearer"
    assert tokens["expires_in"] == 3600


def test_the_access_token_has_exactly_the_claims_of_gotrue(identity):
    user = identity.confirmed_user(EMAIL, full_name="Lin")

    token = identity.password_grant(EMAIL).json()["access_token"]

    claims = identity.claims(token)
    assert jwt.get_unverified_header(token) == {"alg": "HS256", "typ": "JWT", "kid": "nf-ident"}
    assert claims.pop("exp") == pytest.approx(time.time() + 3600, abs=60)
    assert claims == {
        "sub": user["id"],
        "email": identity.address(EMAIL),
        "app_metadata": {"provider": "email"},
        "user_metadata": {"full_name": "Lin"},
    }


def test_the_access_token_names_an_audience_that_is_set(start):
    identity = start(audience="the-site")
    identity.confirmed_user(EMAIL)

    token = identity.password_grant(EMAIL).json()["access_token"]

    claims = jwt.decode(token, options={"verify_signature": False})
    assert claims["aud"] == "the-site"


def test_signing_in_is_not_remembered_in_the_record(identity):
    identity.confirmed_user(EMAIL)

    user = identity.get("/user", headers=identity.bearer(EMAIL)).json()

    assert "last_sign_in_at" not in user


def test_the_fields_may_come_in_the_query(identity):
    identity.confirmed_user(EMAIL)
    fields = {"grant_type": "password", "username": EMAIL, "password": PASSWORD}

    assert identity.post("/token", params=fields).status_code == 200


def test_a_json_body_is_not_read(identity):
    identity.confirmed_user(EMAIL)
    fields = {"grant_type": "password", "username": EMAIL, "password": PASSWORD}

    answer = identity.post("/token", json=fields)

    assert answer.status_code == 400
    assert answer.json() == {"error": "unsupported_grant_type"}


def test_the_address_counts_whatever_its_case(identity):
    identity.confirmed_user(EMAIL)

    assert identity.password_grant("Lin@Example.COM").status_code == 200


def test_a_wrong_password_is_an_invalid_grant(identity):
    identity.confirmed_user(EMAIL)

    answer = identity.password_grant(EMAIL, "wrong")

    assert answer.status_code == 400
    assert answer.json() == WRONG_CREDENTIALS


def test_an_unknown_address_is_the_same_invalid_grant(identity):
    answer = identity.password_grant("nobody@example.com")

    assert answer.status_code == 400
    assert answer.json() == WRONG_CREDENTIALS


def test_an_unknown_address_has_no_empty_password(identity):
    assert identity.password_grant("nobody@example.com", "").json() == WRONG_CREDENTIALS


def test_an_invited_user_has_no_empty_password(identity):
    user = identity.post("/invite", json={"email": EMAIL}, headers=identity.operator()).json()
    path = f"/admin/users/{user['id']}"
    identity.put(path, json={"confirm": True}, headers=identity.operator())

    assert identity.password_grant(EMAIL, "").json() == WRONG_CREDENTIALS


@pytest.mark.parametrize("grant_type", ["", "authorization_code"])
def test_another_grant_type_is_not_supported(identity, grant_type):
    answer = identity.post("/token", data={"grant_type": grant_type})

    assert answer.status_code == 400
    assert answer.json() == {"error": "unsupported_grant_type"}


@here(RATE_LIMIT)
def test_the_thirty_first_password_in_five_minutes_is_one_too_many(identity):
    answers = [identity.password_grant(EMAIL) for _ in range(31)]

    assert [answer.status_code for answer in answers] == [400] * 30 + [429]
    assert answers[-1].json() == {"code": 429, "msg": "Rate limit exceeded"}


@here(RATE_LIMIT)
def test_the_limit_of_one_address_leaves_another_alone(identity):
    identity.confirmed_user("other@example.com")
    statuses = [identity.password_grant(EMAIL).status_code for _ in range(31)]

    assert statuses[-1] == 429
    assert identity.password_grant("other@example.com").status_code == 200


@at_gotrue(RATE_LIMIT)
def test_gotrue_has_no_limit_of_its_own(identity):
    answers = [identity.password_grant(EMAIL) for _ in range(40)]

    assert {answer.status_code for answer in answers} == {400}


@here(RATE_LIMIT)
def test_the_limit_is_over_after_a_while(identity):
    statuses = [identity.password_grant(EMAIL).status_code for _ in range(31)]
    identity.clock.advance(11)

    assert statuses[-1] == 429
    assert identity.password_grant(EMAIL).status_code == 400


class TestRefreshToken:
    def test_it_grants_the_next_session(self, identity):
        user = identity.confirmed_user(EMAIL)
        first = identity.password_grant(EMAIL).json()

        answer = identity.refresh_grant(first["refresh_token"])

        assert answer.status_code == 200
        second = answer.json()
        assert set(second) == set(first)
        assert second["refresh_token"] != first["refresh_token"]
        claims = identity.claims(second["access_token"])
        assert claims["sub"] == user["id"]

    def test_it_brings_changed_roles_into_the_token(self, identity):
        user = identity.confirmed_user(EMAIL)
        first = identity.password_grant(EMAIL).json()
        change = {"app_metadata": {"roles": ["editor"]}}
        identity.put(f"/admin/users/{user['id']}", json=change, headers=identity.operator())

        second = identity.refresh_grant(first["refresh_token"]).json()

        claims = identity.claims(second["access_token"])
        assert claims["app_metadata"] == {"provider": "email", "roles": ["editor"]}

    def test_it_is_good_for_one_use(self, identity):
        identity.confirmed_user(EMAIL)
        first = identity.password_grant(EMAIL).json()
        identity.refresh_grant(first["refresh_token"])

        answer = identity.refresh_grant(first["refresh_token"])

        assert answer.status_code == 400
        assert answer.json() == {
            "error": "invalid_grant",
            "error_description": "Invalid Refresh Token",
        }
        assert answer.headers["Set-Cookie"].startswith("nf_jwt=; ")

    def test_a_second_use_leaves_its_successor_good(self, identity):
        identity.confirmed_user(EMAIL)
        first = identity.password_grant(EMAIL).json()
        second = identity.refresh_grant(first["refresh_token"]).json()
        identity.refresh_grant(first["refresh_token"])

        assert identity.refresh_grant(second["refresh_token"]).status_code == 200

    def test_it_lasts_thirty_days(self, identity):
        identity.confirmed_user(EMAIL)
        first = identity.password_grant(EMAIL).json()
        identity.clock.advance(30 * 86400 - 60)

        assert identity.refresh_grant(first["refresh_token"]).status_code == 200

    def test_it_does_not_last_longer(self, identity):
        identity.confirmed_user(EMAIL)
        first = identity.password_grant(EMAIL).json()
        identity.clock.advance(30 * 86400 + 1)

        answer = identity.refresh_grant(first["refresh_token"])

        assert answer.status_code == 400
        assert answer.json() == {
            "error": "invalid_grant",
            "error_description": "Refresh token expired",
        }

    def test_an_unknown_one_is_an_invalid_grant(self, identity):
        answer = identity.refresh_grant("unknown")

        assert answer.status_code == 400
        assert answer.json() == {
            "error": "invalid_grant",
            "error_description": "Invalid Refresh Token",
        }

    def test_a_missing_one_is_an_invalid_request(self, identity):
        answer = identity.post("/token", data={"grant_type": "refresh_token"})

        assert answer.status_code == 400
        assert answer.json() == {
            "error": "invalid_request",
            "error_description": "refresh_token required",
        }


class TestCookie:
    def test_without_being_asked_for_there_is_none(self, identity):
        identity.confirmed_user(EMAIL)

        assert "Set-Cookie" not in identity.password_grant(EMAIL).headers

    def test_it_lasts_a_day(self, identity):
        identity.confirmed_user(EMAIL)

        answer = self.asked_for(identity, "1")

        cookie = answer.headers["Set-Cookie"]
        assert cookie.startswith(f"nf_jwt={answer.json()['access_token']}; ")
        assert "; Max-Age=86400;" in cookie
        assert "HttpOnly" in cookie
        assert "Secure" in cookie

    def test_it_may_end_with_the_browser(self, identity):
        identity.confirmed_user(EMAIL)

        cookie = self.asked_for(identity, "session").headers["Set-Cookie"]

        assert cookie.startswith("nf_jwt=ey")
        assert "Max-Age" not in cookie
        assert "expires" not in cookie.lower()

    def asked_for(self, identity, wish) -> requests.Response:
        form = {"grant_type": "password", "username": EMAIL, "password": PASSWORD}
        answer: requests.Response = identity.post(
            "/token", data=form, headers={"X-Use-Cookie": wish}
        )
        return answer
