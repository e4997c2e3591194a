"""Whatever is sent, the answer is a precise refusal and never a fault of the server."""

from __future__ import annotations

import pytest

from tests.contract.identity.under_test import DEEP_JSON, at_gotrue, here, only_emulator

READ_A_BODY = [
    ("POST", "/signup"),
    ("POST", "/invite"),
    ("POST", "/verify"),
    ("POST", "/recover"),
    ("PUT", "/user"),
    ("POST", "/admin/users"),
    ("PUT", "/admin/users/{id}"),
]
NO_JSON_OBJECT = {
    "nothing": b"",
    "no JSON": b"email=lin@example.com",
    "half of it": b'{"email": ',
    "an array": b"[]",
    "a number that JSON lacks": b'{"data": NaN}',
    "nesting without end": b"[" * 100_000,
}


DEEP = b'{"data": ' + b'{"a":' * 150 + b"1" + b"}" * 151


@pytest.fixture
def caller(identity):
    """The bearer and the path's id of an admin with a record of their own."""
    user = identity.confirmed_user("lin@example.com")
    identity.put(f"/admin/users/{user['id']}", json={"role": "admin"}, headers=identity.operator())
    return {"headers": identity.bearer("lin@example.com"), "id": user["id"]}


@pytest.mark.parametrize("body", NO_JSON_OBJECT.values(), ids=NO_JSON_OBJECT.keys())
def test_a_body_that_is_no_json_object_is_refused_everywhere(identity, caller, body):
    answers = [
        identity.request(method, path.format(**caller), data=body, headers=caller["headers"])
        for method, path in READ_A_BODY
    ]

    assert [answer.status_code for answer in answers] == [400] * len(READ_A_BODY)
    assert {answer.json()["code"] for answer in answers} == {400}


@only_emulator("nobody can let it fail")
@pytest.mark.parametrize("body", NO_JSON_OBJECT.values(), ids=NO_JSON_OBJECT.keys())
def test_the_controls_refuse_such_a_body_too(identity, body):
    assert identity.post("/_admin/faults", data=body).status_code == 400


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"[]", "json: cannot unmarshal array into Go value of type api.RecoverParams"),
        (b'"a"', "json: cannot unmarshal string into Go value of type api.RecoverParams"),
        (b"", "EOF"),
        (b" \n", "EOF"),
    ],
)
def test_the_reason_is_given(identity, body, reason):
    answer = identity.post("/recover", data=body)

    assert answer.json() == {"code": 400, "msg": f"Could not read verification params: {reason}"}


@pytest.mark.parametrize(
    "body",
    [
        b'{"email": "nobody@example.com"} and more',
        b'{"EMAIL": "nobody@example.com"}',
        b'{"email": "nobody@example.com", "Email": null}',
        b'{"email": "\xff@example.com", "more": 1e999}',
        b'\n{"email": "nobody@example.com", "more": ' + b"9" * 5000 + b"}",
    ],
)
def test_a_body_is_read_as_go_reads_it(identity, body):
    assert identity.post("/recover", data=body).status_code == 200


def test_null_is_a_body_without_fields(identity):
    answer = identity.post("/recover", data=b"null")

    assert answer.json() == {"code": 422, "msg": "Password recovery requires an email"}


@pytest.mark.parametrize("number", [b"1e999", b"9" * 5000])
def test_a_number_beyond_all_cannot_be_kept(identity, caller, number):
    body = b'{"data": {"n": ' + number + b"}}"

    answer = identity.put("/user", data=body, headers=caller["headers"])

    assert answer.status_code == 400


def test_a_large_number_is_rounded(identity, caller):
    body = b'{"data": {"n": 12345678901234567890}}'

    answer = identity.put("/user", data=body, headers=caller["headers"])

    rounded = answer.json()["user_metadata"]["n"]
    assert rounded != 12345678901234567890
    assert float(rounded) == 12345678901234567890.0


@here(DEEP_JSON)
def test_nesting_that_is_too_deep_to_keep_is_refused(identity, caller):
    assert identity.put("/user", data=DEEP, headers=caller["headers"]).status_code == 400


@at_gotrue(DEEP_JSON)
def test_nesting_that_is_too_deep_for_its_database_is_a_fault_of_gotrue(identity, caller):
    assert identity.put("/user", data=DEEP, headers=caller["headers"]).status_code == 500


@pytest.mark.parametrize(
    ("method", "path", "body", "message"),
    [
        (
            "POST",
            "/signup",
            {"password": 1},
            "Could not read Signup params: json: cannot unmarshal number into Go struct field "
            "SignupParams.password of type string",
        ),
        (
            "POST",
            "/signup",
            {"password": "p", "email": []},
            "Could not read Signup params: json: cannot unmarshal array into Go struct field "
            "SignupParams.email of type string",
        ),
        (
            "POST",
            "/signup",
            {"data": 1, "email": 2},
            "Could not read Signup params: json: cannot unmarshal number into Go struct field "
            "SignupParams.data of type map[string]interface {}",
        ),
        (
            "POST",
            "/invite",
            {"email": {}},
            "Could not read Invite params: json: cannot unmarshal object into Go struct field "
            "InviteParams.email of type string",
        ),
        (
            "POST",
            "/verify",
            {"token": True},
            "Could not read verification params: json: cannot unmarshal bool into Go struct field "
            "VerifyParams.token of type string",
        ),
        (
            "POST",
            "/recover",
            {"email": 1},
            "Could not read verification params: json: cannot unmarshal number into Go struct "
            "field RecoverParams.email of type string",
        ),
        (
            "PUT",
            "/user",
            {"app_metadata": "x"},
            "Could not read User Update params: json: cannot unmarshal string into Go struct field "
            "UserUpdateParams.app_metadata of type map[string]interface {}",
        ),
        (
            "POST",
            "/admin/users",
            {"aud": 1},
            "Could not decode admin user params: json: cannot unmarshal number into Go struct "
            "field adminCheckParams.aud of type string",
        ),
        (
            "PUT",
            "/admin/users/{id}",
            {"confirm": "yes"},
            "Could not decode admin user params: json: cannot unmarshal string into Go struct "
            "field adminUserParams.confirm of type bool",
        ),
    ],
)
def test_a_field_of_the_wrong_type_is_named(identity, caller, method, path, body, message):
    answer = identity.request(method, path.format(**caller), json=body, headers=caller["headers"])

    assert answer.status_code == 400
    assert answer.json() == {"code": 400, "msg": message}


def test_a_lone_surrogate_becomes_the_replacement_character(identity, caller):
    answer = identity.put(
        "/user", data=b'{"data": {"name": "a\\ud800b"}}', headers=caller["headers"]
    )

    assert answer.status_code == 200
    assert answer.json()["user_metadata"] == {"name": "a\ufffdb"}


@pytest.mark.parametrize(
    "body",
    [b"\xff\x00", b"%ff", b"grant_type", b"grant_type=password", b"&=&&=", b"grant_type=%00"],
)
def test_a_form_of_any_bytes_is_an_oauth_error(identity, body):
    answer = identity.post(
        "/token", data=body, headers={"Content-Type": "application/x-www-form-urlencoded"}
    )

    assert answer.status_code == 400
    assert answer.json()["error"] in {"unsupported_grant_type", "invalid_grant"}
