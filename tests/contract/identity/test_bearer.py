"""The bearer token that every endpoint for users and admins asks for."""

from __future__ import annotations

import json
import re
import time

import jwt
import pytest

from tests.contract.identity.under_test import only_emulator

EMAIL = "lin@example.com"
FUTURE = int(time.time()) + 3600
FOR_USERS = [("GET", "/user"), ("PUT", "/user"), ("POST", "/logout")]
FOR_ADMINS = [
    ("POST", "/invite"),
    ("GET", "/admin/users"),
    ("POST", "/admin/users"),
    ("GET", "/admin/users/00000000-0000-4000-8000-000000000000"),
    ("PUT", "/admin/users/00000000-0000-4000-8000-000000000000"),
    ("DELETE", "/admin/users/00000000-0000-4000-8000-000000000000"),
]


@pytest.mark.parametrize(("method", "path"), FOR_USERS + FOR_ADMINS)
def test_without_a_token_the_answer_is_401(identity, method, path):
    answer = identity.request(method, path)

    assert answer.status_code == 401
    assert answer.json() == {"code": 401, "msg": "This endpoint requires a Bearer token"}


@pytest.mark.parametrize(("method", "path"), FOR_USERS)
def test_a_user_without_a_token_loses_the_cookie(identity, method, path):
    answer = identity.request(method, path)

    assert answer.headers["Set-Cookie"].startswith("nf_jwt=; Path=/; Expires=")
    assert answer.headers["Set-Cookie"].endswith(" GMT; Max-Age=0; HttpOnly; Secure")


@pytest.mark.parametrize(("method", "path"), FOR_ADMINS)
def test_an_admin_without_a_token_keeps_the_cookie(identity, method, path):
    assert "Set-Cookie" not in identity.request(method, path).headers


@pytest.mark.parametrize(("method", "path"), FOR_USERS + FOR_ADMINS)
def test_a_bad_token_clears_the_cookie(identity, method, path):
    answer = identity.request(method, path, headers={"Authorization": "Bearer x"})

    assert answer.headers["Set-Cookie"].startswith("nf_jwt=; ")


@pytest.mark.parametrize(("method", "path"), FOR_ADMINS)
def test_without_the_right_the_answer_is_401_too(identity, method, path):
    identity.confirmed_user(EMAIL)

    answer = identity.request(method, path, headers=identity.bearer(EMAIL))

    assert answer.status_code == 401
    assert answer.json() == {"code": 401, "msg": "User not allowed"}


def test_the_word_bearer_may_be_in_lower_case(identity):
    identity.confirmed_user(EMAIL)
    header = identity.bearer(EMAIL)["Authorization"].replace("Bearer", "bearer")

    assert identity.get("/user", headers={"Authorization": header}).status_code == 200


@pytest.mark.parametrize("header", ["BEARER x", "Bearer", "Bearer a b", "Basic YTpi", "x"])
def test_another_form_of_the_header_counts_as_none(identity, header):
    answer = identity.get("/user", headers={"Authorization": header})

    assert answer.status_code == 401
    assert answer.json()["msg"] == "This endpoint requires a Bearer token"


def test_an_expired_token_is_refused(identity):
    answer = identity.get("/user", headers=identity.signed(sub="0", exp=int(time.time()) - 5000))

    assert answer.status_code == 401
    assert answer.json()["code"] == 401
    assert re.fullmatch(r"Invalid token: token is expired by 1h23m2\ds", answer.json()["msg"])


@only_emulator("the times of a token are signed, and its clock cannot be moved")
def test_a_token_ends_after_an_hour(identity):
    identity.confirmed_user(EMAIL)
    bearer = identity.bearer(EMAIL)
    identity.clock.advance(3601)

    assert identity.get("/user", headers=bearer).status_code == 401


def test_a_token_is_good_until_it_expires(identity):
    identity.confirmed_user(EMAIL)
    bearer = identity.bearer(EMAIL)
    identity.clock.advance(3590)

    assert identity.get("/user", headers=bearer).status_code == 200


def test_a_token_of_another_key_is_refused(identity):
    forged = jwt.encode({"sub": "0", "exp": FUTURE}, "another secret of another Identity", "HS256")

    answer = identity.get("/admin/users", headers={"Authorization": f"Bearer {forged}"})

    assert answer.status_code == 401
    assert answer.json() == {"code": 401, "msg": "Invalid token: signature is invalid"}


@pytest.mark.parametrize("algorithm", ["none", "HS512"])
def test_a_token_of_another_algorithm_is_refused(identity, algorithm):
    secret = {"none": None, "HS512": identity.config.secret.ljust(64)}[algorithm]
    forged = jwt.encode({"sub": "0", "exp": FUTURE}, secret, algorithm)

    answer = identity.get("/admin/users", headers={"Authorization": f"Bearer {forged}"})

    assert answer.status_code == 401
    reason = f"signing method {algorithm} is invalid"
    assert answer.json() == {"code": 401, "msg": f"Invalid token: {reason}"}


@pytest.mark.parametrize("token", ["x", "a.b.c", "a.b.c.d", "é", "..", "e30.e30.e30"])
def test_what_is_no_jwt_is_refused(identity, token):
    answer = identity.get("/user", headers={"Authorization": f"Bearer {token}".encode()})

    assert answer.status_code == 401
    assert answer.json()["msg"].startswith("Invalid token: ")


@pytest.mark.parametrize(
    "claims", [{"sub": "0"}, {"sub": "0", "exp": 0}, {"sub": "0", "exp": None}]
)
def test_a_token_without_an_end_is_good(identity, claims):
    assert identity.get("/admin/users", headers=identity.signed(**claims)).status_code == 200


@pytest.mark.parametrize("claims", [{"exp": FUTURE}, {"sub": ""}, {"sub": "nobody"}])
def test_a_token_without_a_subject_names_nobody(identity, claims):
    headers = identity.signed(**claims)

    answers = [
        identity.get("/admin/users", headers=headers),
        identity.get("/user", headers=headers),
        identity.post("/logout", headers=headers),
    ]

    assert [(answer.status_code, answer.json()["msg"]) for answer in answers] == [
        (401, "Invalid admin user"),
        (400, "Could not read User ID claim"),
        (401, "Invalid user"),
    ]


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        (
            {"exp": "soon"},
            "string into Go struct field GoTrueClaims.StandardClaims.exp of type int64",
        ),
        (
            {"exp": 1.5},
            "number 1.5 into Go struct field GoTrueClaims.StandardClaims.exp of type int64",
        ),
        ({"sub": 7}, "number into Go struct field GoTrueClaims.StandardClaims.sub of type string"),
        (
            {"aud": ["a"]},
            "array into Go struct field GoTrueClaims.StandardClaims.aud of type string",
        ),
        ({"email": 7}, "number into Go struct field GoTrueClaims.email of type string"),
    ],
)
def test_a_claim_of_the_wrong_type_is_refused(identity, claims, reason):
    # PyJWT does not sign all of these.
    token = jwt.PyJWS().encode(json.dumps(claims).encode(), identity.config.secret, "HS256")

    answer = identity.get("/user", headers={"Authorization": f"Bearer {token}"})

    assert answer.status_code == 401
    assert answer.json()["msg"] == f"Invalid token: json: cannot unmarshal {reason}"


@pytest.mark.parametrize(
    ("claim", "reason"), [("nbf", "token is not valid yet"), ("iat", "token used before issued")]
)
def test_a_token_of_the_future_is_refused(identity, claim, reason):
    answer = identity.get("/user", headers=identity.signed(sub="0", **{claim: FUTURE}))

    assert answer.status_code == 401
    assert answer.json() == {"code": 401, "msg": f"Invalid token: {reason}"}


def test_the_role_admin_gives_the_right(identity):
    user = identity.confirmed_user(EMAIL)
    identity.put(f"/admin/users/{user['id']}", json={"role": "admin"}, headers=identity.operator())

    assert identity.get("/admin/users", headers=identity.bearer(EMAIL)).status_code == 200


def test_the_role_admin_in_app_metadata_does_not(identity):
    user = identity.confirmed_user(EMAIL)
    change = {"app_metadata": {"roles": ["admin"]}}
    identity.put(f"/admin/users/{user['id']}", json=change, headers=identity.operator())

    assert identity.get("/admin/users", headers=identity.bearer(EMAIL)).status_code == 401


def test_an_admin_of_one_audience_is_none_in_another(identity):
    user = identity.confirmed_user(EMAIL)
    identity.put(f"/admin/users/{user['id']}", json={"role": "admin"}, headers=identity.operator())

    answer = identity.get(
        "/admin/users", headers={**identity.bearer(EMAIL), "X-JWT-AUD": "elsewhere"}
    )

    assert answer.status_code == 401


def test_a_deleted_admin_has_no_right(identity):
    user = identity.confirmed_user(EMAIL)
    path = f"/admin/users/{user['id']}"
    identity.put(path, json={"role": "admin"}, headers=identity.operator())
    bearer = identity.bearer(EMAIL)
    identity.delete(path, headers=identity.operator())

    answer = identity.get("/admin/users", headers=bearer)

    assert answer.status_code == 401
    assert answer.json() == {"code": 401, "msg": "Invalid admin user"}


@only_emulator("the times of a token are signed, and its clock cannot be moved")
def test_the_operators_token_is_over_after_two_minutes(identity):
    operator = identity.operator()
    identity.clock.advance(121)

    assert identity.get("/admin/users", headers=operator).status_code == 401
