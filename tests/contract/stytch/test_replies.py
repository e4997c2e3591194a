"""What every reply has in common, and calls that are wrong before any endpoint sees them."""

from __future__ import annotations

import re

import pytest
import requests

from local.stytch.errors import ErrorType
from tests.contract.stytch.under_test import only_emulator
from tests.support.stytch_emulator import refused

LOGIN = "/v1/magic_links/email/login_or_create"
REQUEST_ID = r"request-id-test-[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}"


def test_a_good_reply_has_its_status_and_a_request_id(emulator):
    reply = emulator.call("GET", "/v1/debug/whoami").json()

    assert reply["status_code"] == 200
    assert re.fullmatch(REQUEST_ID, reply["request_id"])


def test_an_error_has_every_field_of_stytchs_errors(emulator):
    reply = emulator.call("POST", "/v1/sessions/authenticate", json={"session_token": "A" * 44})

    error = reply.json()
    assert re.fullmatch(REQUEST_ID, error.pop("request_id"))
    assert error == {
        "status_code": 404,
        "error_type": "session_not_found",
        "error_message": "Session could not be found.",
        "error_url": "https://stytch.com/docs/api/errors/404#session_not_found",
    }


def test_a_wrong_secret_is_refused(emulator):
    with refused(401, "unauthorized_credentials"):
        emulator.client(secret="secret-test-other").debug.whoami()


@pytest.mark.parametrize(
    "header", ["", "Basic", "Basic é", "Basic !!!", "Bearer x", "Basic Og==", "Basic" + " x" * 99]
)
def test_a_malformed_authorization_header_is_refused(emulator, header):
    url = f"{emulator.base_url}/v1/debug/whoami"

    reply = requests.get(url, headers={"Authorization": header.encode()}, timeout=10)

    assert (reply.status_code, reply.json()["error_type"]) == (401, "unauthorized_credentials")


def test_the_scheme_may_be_written_in_any_case(emulator):
    request = requests.Request("GET", f"{emulator.base_url}/v1/debug/whoami").prepare()
    request.prepare_auth((emulator.project_id, emulator.secret))
    request.headers["Authorization"] = request.headers["Authorization"].replace("Basic", "bASIC")

    assert requests.Session().send(request, timeout=10).status_code == 200


@pytest.mark.parametrize("path", ["/", "/v1", "/v1/", "/v1/nothing", "/v2/users", "/v1/sessions/"])
def test_an_unknown_route_is_not_found(emulator, path):
    reply = emulator.call("GET", path)

    assert (reply.status_code, reply.json()["error_type"]) == (404, "route_not_found")


def test_a_wrong_method_is_refused(emulator):
    reply = emulator.call("GET", LOGIN)

    assert (reply.status_code, reply.json()["error_type"]) == (405, "method_not_allowed")


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b'"text"',
        b"null",
        b"12",
        b"\xff\xfe",
        b'{"email": NaN}',
        b'{"email": 1e999}',
        b'{"email": "\\ud800"}',
        b"[" * 100_000,
        b'{"email": ' * 101 + b"1" + b"}" * 101,
        b"9" * 10_000,
    ],
)
def test_a_body_that_is_not_a_json_object_is_refused(emulator, body):
    reply = emulator.call("POST", LOGIN, data=body)

    assert (reply.status_code, reply.json()["error_type"]) == (400, "bad_request")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (LOGIN, {}),
        (LOGIN, {"email": None}),
        (LOGIN, {"email": 5}),
        (LOGIN, {"email": ["ada@example.com"]}),
        (LOGIN, {"email": "ada@example.com", "signup_expiration_minutes": "60"}),
        (LOGIN, {"email": "ada@example.com", "signup_expiration_minutes": 60.5}),
        (LOGIN, {"email": "ada@example.com", "signup_expiration_minutes": True}),
        (LOGIN, {"email": "ada@example.com", "create_user_as_pending": 1}),
        (LOGIN, {"email": "ada@example.com", "attributes": "x"}),
        (LOGIN, {"email": "ada@example.com", "attributes": {"ip_address": 1}}),
        ("/v1/magic_links/authenticate", {}),
        ("/v1/magic_links/authenticate", {"token": {}}),
        ("/v1/sessions/authenticate", {"session_token": 1}),
        ("/v1/sessions/authenticate", {"session_custom_claims": []}),
        ("/v1/users/search", {"query": {"operands": ["x"]}}),
        ("/v1/users/search", {"query": {"operands": {}}}),
        ("/v1/users/search", {"limit": "10"}),
    ],
)
def test_a_missing_or_mistyped_argument_is_refused(emulator, path, body):
    reply = emulator.call("POST", path, json=body)

    assert (reply.status_code, reply.json()["error_type"]) == (400, "invalid_argument")


def test_an_argument_that_is_not_known_is_ignored(emulator):
    body = {"email": "ada@example.com", "telemetry": "x"}

    assert emulator.call("POST", LOGIN, json=body).status_code == 200


@only_emulator("it is about the emulator alone")
@pytest.mark.parametrize("error_type", ErrorType)
def test_every_error_type_has_a_status_and_a_message(error_type):
    assert 400 <= error_type.status <= 500
    assert error_type.message
