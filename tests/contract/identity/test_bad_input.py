"""Whatever is sent, the answer is a precise refusal and never a fault of the server."""

from __future__ import annotations

import pytest

READ_A_BODY = [
    ("POST", "/signup"),
    ("POST", "/invite"),
    ("POST", "/verify"),
    ("POST", "/recover"),
    ("PUT", "/user"),
    ("POST", "/admin/users"),
    ("PUT", "/admin/users/{id}"),
    ("POST", "/_admin/faults"),
]
NO_JSON_OBJECT = {
    "nothing": b"",
    "no JSON": b"email=lin@example.com",
    "half of it": b'{"email": ',
    "no UTF-8": b'{"email": "\xff"}',
    "an array": b"[]",
    "null": b"null",
    "a number that JSON lacks": b'{"data": NaN}',
    "a number beyond all": b'{"data": {"n": 1e999}}',
    "nesting without end": b"[" * 100_000,
    "nesting too deep to keep": b'{"data": ' + b'{"a":' * 100 + b"1" + b"}" * 101,
    "digits without end": b'{"data": {"n": ' + b"9" * 5000 + b"}}",
}


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


@pytest.mark.parametrize(
    ("method", "path", "body", "message"),
    [
        ("POST", "/signup", {"password": 1}, "Could not read Signup params: password must be"),
        ("POST", "/signup", {"password": "p", "email": []}, "Could not read Signup params: email"),
        ("POST", "/invite", {"email": {}}, "Could not read Invite params: email"),
        ("POST", "/verify", {"token": True}, "Could not read verification params: token"),
        ("POST", "/recover", {"email": 1}, "Could not read verification params: email"),
        ("PUT", "/user", {"data": []}, "Could not read User Update params: data"),
        ("PUT", "/user", {"app_metadata": "x"}, "Could not read User Update params: app_metadata"),
        ("POST", "/admin/users", {"aud": 1}, "Could not decode admin user params: aud"),
        (
            "PUT",
            "/admin/users/{id}",
            {"confirm": "yes"},
            "Could not decode admin user params: conf",
        ),
    ],
)
def test_a_field_of_the_wrong_type_is_named(identity, caller, method, path, body, message):
    answer = identity.request(method, path.format(**caller), json=body, headers=caller["headers"])

    assert answer.status_code == 400
    assert answer.json()["msg"].startswith(message)


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
