"""/admin/users, as the operator's token and Netlify's dashboard use it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
import requests

from tests.contract.identity.under_test import (
    ADMIN,
    BODY_OF_GET,
    EMPTY_PASSWORD,
    OTHERS,
    ZERO_PER_PAGE,
    at_gotrue,
    here,
    not_live,
)

EMAIL = "lin@example.com"
NOBODY = "00000000-0000-4000-8000-000000000000"


class TestCreate:
    def test_it_answers_the_user(self, identity):
        body = {"email": EMAIL, "password": "p", "user_metadata": {"full_name": "Lin"}}

        answer = identity.post("/admin/users", json=body, headers=identity.operator())

        assert answer.status_code == 200
        user = answer.json()
        assert user["email"] == EMAIL
        assert user["role"] == ""
        assert user["app_metadata"] == {"provider": "email"}
        assert user["user_metadata"] == {"full_name": "Lin"}
        assert "confirmed_at" not in user

    def test_confirm_and_role_are_set(self, identity):
        body = {"email": EMAIL, "password": "p", "confirm": True, "role": "admin"}

        user = identity.post("/admin/users", json=body, headers=identity.operator()).json()

        assert user["role"] == "admin"
        assert user["confirmed_at"] >= user["created_at"]
        assert identity.password_grant(EMAIL, "p").status_code == 200

    def test_no_mail_is_sent(self, identity):
        body = {"email": EMAIL, "password": "p"}

        identity.post("/admin/users", json=body, headers=identity.operator())

        assert identity.mails() == []

    def test_app_metadata_is_not_read(self, identity):
        body = {"email": EMAIL, "password": "p", "app_metadata": {"roles": ["admin"]}}

        answer = identity.post("/admin/users", json=body, headers=identity.operator())

        assert answer.json()["app_metadata"] == {"provider": "email"}

    def test_a_known_address_is_refused(self, identity):
        identity.confirmed_user(EMAIL)

        answer = identity.post(
            "/admin/users", json={"email": EMAIL.upper()}, headers=identity.operator()
        )

        assert answer.status_code == 422
        assert answer.json() == {
            "code": 422,
            "msg": "Email address already registered by another user",
        }

    @here(EMPTY_PASSWORD)
    def test_without_a_password_there_is_none(self, identity):
        body = {"email": EMAIL, "confirm": True}
        identity.post("/admin/users", json=body, headers=identity.operator())

        assert identity.password_grant(EMAIL, "").status_code == 400

    @at_gotrue(EMPTY_PASSWORD)
    def test_without_a_password_gotrue_takes_the_empty_one(self, identity):
        body = {"email": EMAIL, "confirm": True}
        identity.post("/admin/users", json=body, headers=identity.operator())

        assert identity.password_grant(EMAIL, "").status_code == 200

    def test_no_metadata_is_null_at_first(self, identity):
        body = {"email": EMAIL, "password": "p"}

        user = identity.post("/admin/users", json=body, headers=identity.operator()).json()

        kept = identity.get(f"/admin/users/{user['id']}", headers=identity.operator()).json()
        assert user["user_metadata"] is None
        assert kept["user_metadata"] == {}

    def test_an_admin_of_another_audience_cannot_make_one(self, identity):
        user = identity.confirmed_user("admin@example.com")
        path = f"/admin/users/{user['id']}"
        identity.put(path, json={"role": "admin"}, headers=identity.operator())
        body = {"email": EMAIL, "aud": "elsewhere"}

        answer = identity.post(
            "/admin/users", json=body, headers=identity.bearer("admin@example.com")
        )

        assert answer.status_code == 401
        assert answer.json() == {"code": 401, "msg": "User not allowed"}

    def test_an_address_is_required(self, identity):
        answer = identity.post("/admin/users", json={}, headers=identity.operator())

        assert answer.status_code == 422
        assert answer.json() == {"code": 422, "msg": "An email address is required"}

    @not_live(ADMIN)
    def test_one_address_may_be_in_two_audiences(self, identity):
        identity.confirmed_user(EMAIL)

        answer = identity.post(
            "/admin/users", json={"email": EMAIL, "aud": "elsewhere"}, headers=identity.operator()
        )

        assert answer.status_code == 200
        assert answer.json()["aud"] == "elsewhere"


class TestList:
    def test_the_newest_comes_first(self, identity):
        identity.confirmed_user("a@example.com")
        identity.clock.advance(2)
        identity.confirmed_user("b@example.com")

        answer = identity.get("/admin/users", headers=identity.operator())

        assert answer.status_code == 200
        assert set(answer.json()) == {"users", "aud"}
        assert answer.json()["aud"] == ""
        assert self.addresses(answer) == ["b@example.com", "a@example.com"]

    def test_the_oldest_comes_first_when_asked_for(self, identity):
        identity.confirmed_user("a@example.com")
        identity.clock.advance(2)
        identity.confirmed_user("b@example.com")

        answer = identity.get("/admin/users?sort=created_at asc", headers=identity.operator())

        assert self.addresses(answer) == ["a@example.com", "b@example.com"]

    @pytest.mark.parametrize(
        ("sort", "reason"),
        [
            ("email", "bad field for sort 'email'"),
            ("created_at up", "bad direction for sort 'up', only 'asc' and 'desc' allowed"),
        ],
    )
    def test_another_order_is_refused(self, identity, sort, reason):
        answer = identity.get("/admin/users", params={"sort": sort}, headers=identity.operator())

        assert answer.status_code == 400
        assert answer.json() == {"code": 400, "msg": f"Bad Sort Parameters: {reason}"}

    @not_live(OTHERS)
    @pytest.mark.usefixtures("filtering")
    def test_a_filter_looks_into_addresses(self, identity):
        identity.confirmed_user("lin@example.com")
        identity.confirmed_user("mae@example.com")

        answer = identity.get("/admin/users?filter=LIN@", headers=identity.operator())

        assert self.addresses(answer) == ["lin@example.com"]

    @not_live(OTHERS)
    @pytest.mark.usefixtures("filtering")
    def test_a_filter_looks_into_names(self, identity):
        identity.confirmed_user("a@example.com", full_name="Grace Hopper")
        identity.confirmed_user("b@example.com", full_name="Ada Lovelace")

        answer = identity.get("/admin/users?filter=hopper", headers=identity.operator())

        assert self.addresses(answer) == ["a@example.com"]

    @not_live(ADMIN)
    def test_another_audience_has_other_users(self, identity):
        identity.confirmed_user(EMAIL)

        answer = identity.get(
            "/admin/users", headers={**identity.operator(), "X-JWT-AUD": "elsewhere"}
        )

        assert answer.json() == {"users": [], "aud": "elsewhere"}

    def test_the_audience_of_the_operators_token_counts(self, identity):
        identity.confirmed_user(EMAIL)

        answer = identity.get("/admin/users", headers=identity.signed(sub="0", aud="elsewhere"))

        assert answer.json() == {"users": [], "aud": "elsewhere"}

    @here(BODY_OF_GET)
    def test_a_body_is_not_read(self, identity):
        answer = identity.request("GET", "/admin/users", json={}, headers=identity.operator())

        assert answer.status_code == 200

    @at_gotrue(BODY_OF_GET)
    def test_gotrue_cannot_answer_a_body(self, identity):
        with pytest.raises(requests.ConnectionError):
            identity.request("GET", "/admin/users", json={}, headers=identity.operator())

    def addresses(self, answer):
        return [user["email"] for user in answer.json()["users"]]


@not_live(OTHERS)
class TestPages:
    @pytest.fixture
    def identity(self, identity):
        for number in range(5):
            body = {"email": f"{number}@example.com"}
            identity.post("/admin/users", json=body, headers=identity.operator())
            identity.clock.advance(2)
        return identity

    def test_a_page_is_cut_out_and_its_neighbours_are_linked(self, identity):
        answer = identity.get("/admin/users?page=2&per_page=2", headers=identity.operator())

        assert [user["email"] for user in answer.json()["users"]] == [
            "2@example.com",
            "1@example.com",
        ]
        assert answer.headers["X-Total-Count"] == "5"
        path = f"{urlsplit(identity.url).path}/admin/users"
        assert answer.headers["Link"] == (
            f'<{path}?page=3&per_page=2>; rel="next", '
            f'<{path}?page=1&per_page=2>; rel="prev", '
            f'<{path}?page=3&per_page=2>; rel="last"'
        )

    def test_the_only_page_has_no_neighbours(self, identity):
        answer = identity.get("/admin/users", headers=identity.operator())

        assert len(answer.json()["users"]) == 5
        path = f"{urlsplit(identity.url).path}/admin/users"
        assert answer.headers["Link"] == f'<{path}?page=1>; rel="last"'

    def test_beyond_the_last_page_there_is_nobody(self, identity):
        answer = identity.get("/admin/users?page=9", headers=identity.operator())

        assert answer.status_code == 200
        assert answer.json()["users"] == []

    def test_page_0_is_the_first_one(self, identity):
        answer = identity.get("/admin/users?page=0&per_page=2", headers=identity.operator())

        assert [user["email"] for user in answer.json()["users"]] == [
            "4@example.com",
            "3@example.com",
        ]
        assert "page=1&per_page=2" in answer.headers["Link"].partition(";")[0]

    @pytest.mark.parametrize(
        ("query", "reason"),
        [
            ("page=x", 'parsing "x": invalid syntax'),
            ("page=-1", 'parsing "-1": invalid syntax'),
            ("per_page=1e9", 'parsing "1e9": invalid syntax'),
            ("per_page=99999999999999999999", 'parsing "99999999999999999999": value out of range'),
        ],
    )
    def test_a_bad_number_is_refused(self, identity, query, reason):
        answer = identity.get(f"/admin/users?{query}", headers=identity.operator())

        assert answer.status_code == 400
        assert answer.json() == {
            "code": 400,
            "msg": f"Bad Pagination Parameters: strconv.ParseUint: {reason}",
        }

    @here(ZERO_PER_PAGE)
    def test_an_empty_page_is_refused(self, identity):
        answer = identity.get("/admin/users?per_page=0", headers=identity.operator())

        assert answer.status_code == 400
        assert answer.json()["msg"].startswith("Bad Pagination Parameters: ")

    @at_gotrue(ZERO_PER_PAGE)
    def test_gotrue_cannot_answer_an_empty_page(self, identity):
        with pytest.raises(requests.ConnectionError):
            identity.get("/admin/users?per_page=0", headers=identity.operator())


class TestRead:
    def test_it_answers_the_user(self, identity):
        user = identity.confirmed_user(EMAIL)

        answer = identity.get(f"/admin/users/{user['id']}", headers=identity.operator())

        assert answer.status_code == 200
        assert answer.json()["email"] == EMAIL

    @pytest.mark.parametrize("form", ["{{{}}}", "%7B{}%7D", "urn:uuid:{}"])
    def test_every_form_of_the_id_that_gotrue_reads_is_read(self, identity, form):
        user = identity.confirmed_user(EMAIL)

        answer = identity.get(
            f"/admin/users/{form.format(user['id'])}", headers=identity.operator()
        )

        assert answer.status_code == 200
        assert answer.json()["id"] == user["id"]

    def test_an_id_may_be_in_upper_case_without_hyphens(self, identity):
        user = identity.confirmed_user(EMAIL)
        user_id = re.sub("-", "", user["id"]).upper()

        assert (
            identity.get(f"/admin/users/{user_id}", headers=identity.operator()).status_code == 200
        )

    @pytest.mark.parametrize(
        "user_id", ["1", "x", f"{{{NOBODY}", f"{NOBODY}0", "%00", "%F0%9F%94%91"]
    )
    def test_what_is_no_uuid_is_refused(self, identity, user_id):
        answer = identity.get(f"/admin/users/{user_id}", headers=identity.operator())

        assert answer.status_code == 400
        assert answer.json() == {"code": 400, "msg": "user_id must be an UUID"}

    def test_an_unknown_user_is_not_found(self, identity):
        answer = identity.get(f"/admin/users/{NOBODY}", headers=identity.operator())

        assert answer.status_code == 404
        assert answer.json() == {"code": 404, "msg": "User not found"}


class TestUpdate:
    def test_metadata_is_merged_and_null_removes(self, identity):
        user = identity.confirmed_user(EMAIL, a=1, b=2)
        body = {
            "app_metadata": {"roles": ["admin"]},
            "user_metadata": {"a": None, "c": 3},
        }

        answer = identity.put(f"/admin/users/{user['id']}", json=body, headers=identity.operator())

        assert answer.status_code == 200
        assert answer.json()["app_metadata"] == {"provider": "email", "roles": ["admin"]}
        assert answer.json()["user_metadata"] == {"b": 2, "c": 3}

    def test_address_password_and_role_are_set_at_once(self, identity):
        user = identity.confirmed_user(EMAIL)
        body = {"email": "new@example.com", "password": "new", "role": "editor"}

        answer = identity.put(f"/admin/users/{user['id']}", json=body, headers=identity.operator())

        assert answer.json()["email"] == "new@example.com"
        assert answer.json()["role"] == "editor"
        assert identity.password_grant("new@example.com", "new").status_code == 200

    def test_what_is_not_named_stays(self, identity):
        user = identity.confirmed_user(EMAIL, full_name="Lin")

        answer = identity.put(f"/admin/users/{user['id']}", json={}, headers=identity.operator())

        assert answer.json()["email"] == EMAIL
        assert answer.json()["user_metadata"] == {"full_name": "Lin"}
        assert identity.password_grant(EMAIL).status_code == 200

    def test_a_user_is_confirmed(self, identity):
        body = {"email": EMAIL, "password": "p"}
        user = identity.post("/signup", json=body).json()

        identity.put(
            f"/admin/users/{user['id']}", json={"confirm": True}, headers=identity.operator()
        )

        assert identity.password_grant(EMAIL, "p").status_code == 200

    def test_an_unknown_user_is_not_found(self, identity):
        answer = identity.put(f"/admin/users/{NOBODY}", json={}, headers=identity.operator())

        assert answer.status_code == 404


class TestDelete:
    def test_it_answers_an_empty_object(self, identity):
        user = identity.confirmed_user(EMAIL)

        answer = identity.delete(f"/admin/users/{user['id']}", headers=identity.operator())

        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "application/json"
        assert answer.json() == {}

    def test_the_braces_of_netlifys_own_example_work(self, identity):
        user = identity.confirmed_user(EMAIL)

        answer = identity.delete(f"/admin/users/{{{user['id']}}}", headers=identity.operator())

        assert answer.status_code == 200

    def test_the_user_cannot_sign_in_again(self, identity):
        user = identity.confirmed_user(EMAIL)
        tokens = identity.password_grant(EMAIL).json()

        identity.delete(f"/admin/users/{user['id']}", headers=identity.operator())

        assert identity.password_grant(EMAIL).json()["error"] == "invalid_grant"
        assert identity.refresh_grant(tokens["refresh_token"]).json() == {
            "error": "invalid_grant",
            "error_description": "Invalid Refresh Token",
        }

    def test_the_second_time_there_is_nobody_to_delete(self, identity):
        user = identity.confirmed_user(EMAIL)
        identity.delete(f"/admin/users/{user['id']}", headers=identity.operator())

        answer = identity.delete(f"/admin/users/{user['id']}", headers=identity.operator())

        assert answer.status_code == 404
        assert answer.json() == {"code": 404, "msg": "User not found"}

    def test_the_address_is_free_again(self, identity):
        user = identity.confirmed_user(EMAIL)
        identity.delete(f"/admin/users/{user['id']}", headers=identity.operator())

        again = identity.confirmed_user(EMAIL)

        assert again["id"] != user["id"]

    def test_a_user_cannot_delete_themselves(self, identity):
        user = identity.confirmed_user(EMAIL)

        answer = identity.delete(f"/admin/users/{user['id']}", headers=identity.bearer(EMAIL))

        assert answer.status_code == 401
        assert answer.json() == {"code": 401, "msg": "User not allowed"}

    @pytest.mark.parametrize("user_id", ["", "{}"])
    def test_an_empty_id_deletes_nobody(self, identity, user_id):
        identity.confirmed_user(EMAIL)

        answer = identity.delete(f"/admin/users/{user_id}", headers=identity.operator())

        assert answer.status_code in {400, 405}
        assert identity.password_grant(EMAIL).status_code == 200
