"""The controls under /_admin, failure injection among them."""

from __future__ import annotations

import pydantic
import pytest
import requests
from stytch.core.response_base import StytchError

from tests.support.stytch_emulator import PROJECT_ID, SECRET, refused


def test_the_controls_are_listed_with_url_arguments_and_description(emulator):
    controls = emulator.admin("GET", "").json()["controls"]

    assert [(control["method"], control["url"]) for control in controls] == [
        ("GET", f"{emulator.base_url}/_admin"),
        ("POST", f"{emulator.base_url}/_admin/clock"),
        ("GET", f"{emulator.base_url}/_admin/faults"),
        ("POST", f"{emulator.base_url}/_admin/faults"),
        ("DELETE", f"{emulator.base_url}/_admin/faults"),
        ("POST", f"{emulator.base_url}/_admin/keys"),
        ("POST", f"{emulator.base_url}/_admin/tokens"),
        ("PUT", f"{emulator.base_url}/_admin/users/{{user_id}}"),
        ("DELETE", f"{emulator.base_url}/_admin/users/{{user_id}}"),
        ("POST", f"{emulator.base_url}/_admin/reset"),
    ]
    assert all(control["description"] for control in controls)


def test_the_next_call_is_answered_with_429(client, emulator):
    emulator.admin("POST", "/faults", kind="too_many_requests")

    with refused(429, "too_many_requests"):
        client.debug.whoami()


def test_the_next_call_is_answered_with_500(client, emulator):
    emulator.admin("POST", "/faults", kind="internal_server_error")

    with refused(500, "internal_server_error"):
        client.debug.whoami()


def test_the_next_call_is_answered_with_a_page_of_html(client, emulator):
    emulator.admin("POST", "/faults", kind="bad_gateway")

    with pytest.raises(StytchError) as caught:
        client.debug.whoami()

    assert (caught.value.details.status_code, caught.value.details.error_type) == (502, None)


@pytest.mark.parametrize(
    ("status", "error_type"),
    [(429, "too_many_requests"), (500, "internal_server_error"), (503, "service_unavailable")],
)
def test_a_status_is_answered_in_stytchs_form(emulator, status, error_type):
    emulator.admin("POST", "/faults", status=status)

    reply = emulator.call("GET", "/v1/debug/whoami")

    assert (reply.status_code, reply.json()["error_type"]) == (status, error_type)


def test_the_next_call_is_answered_with_broken_json(client, emulator):
    emulator.admin("POST", "/faults", kind="malformed_json")

    with pytest.raises(pydantic.ValidationError):
        client.debug.whoami()


def test_the_next_call_is_never_answered(emulator):
    emulator.admin("POST", "/faults", kind="hang")

    with pytest.raises(requests.ReadTimeout):
        requests.get(f"{emulator.base_url}/v1/debug/whoami", auth=(PROJECT_ID, SECRET), timeout=0.3)


def test_the_next_call_is_answered_after_a_delay(emulator):
    emulator.admin("POST", "/faults", kind="delay", delay_seconds=0.1)

    assert emulator.call("GET", "/v1/debug/whoami").status_code == 200


def test_a_delay_can_outlast_the_callers_patience(emulator):
    emulator.admin("POST", "/faults", kind="delay", delay_seconds=30)

    with pytest.raises(requests.ReadTimeout):
        requests.get(f"{emulator.base_url}/v1/debug/whoami", auth=(PROJECT_ID, SECRET), timeout=0.3)


def test_a_fault_is_used_up(client, emulator):
    emulator.admin("POST", "/faults", kind="internal_server_error", count=2)
    for _ in range(2):
        with refused(500, "internal_server_error"):
            client.debug.whoami()

    assert client.debug.whoami().status_code == 200


def test_a_fault_meets_only_the_calls_it_names(client, emulator):
    emulator.admin("POST", "/faults", kind="internal_server_error", path="/v1/sessions")

    assert client.debug.whoami().status_code == 200
    with refused(500, "internal_server_error"):
        client.sessions.get_jwks(PROJECT_ID)


def test_faults_come_in_the_order_in_which_they_were_asked_for(client, emulator):
    emulator.admin("POST", "/faults", kind="too_many_requests")
    emulator.admin("POST", "/faults", kind="internal_server_error")

    with refused(429, "too_many_requests"):
        client.debug.whoami()
    with refused(500, "internal_server_error"):
        client.debug.whoami()


def test_faults_can_be_taken_back(client, emulator):
    emulator.admin("POST", "/faults", kind="internal_server_error", count=9)

    emulator.admin("DELETE", "/faults")

    assert client.debug.whoami().status_code == 200


def test_the_clock_moves_forwards(emulator):
    before = emulator.admin("POST", "/clock", advance_seconds=0).json()["now"]

    after = emulator.admin("POST", "/clock", advance_seconds=86400).json()["now"]

    assert after > before


def test_a_reset_forgets_the_users_and_the_faults(client, emulator):
    ada = emulator.sign_in()
    emulator.admin("POST", "/faults", kind="internal_server_error")

    emulator.admin("POST", "/reset")

    with refused(404, "user_not_found"):
        client.users.get(ada.user_id)


def test_a_reset_keeps_the_keys(client, emulator):
    before = client.sessions.get_jwks(PROJECT_ID).keys

    emulator.admin("POST", "/reset")

    assert client.sessions.get_jwks(PROJECT_ID).keys == before


@pytest.mark.parametrize(
    ("path", "arguments"),
    [
        ("/clock", {}),
        ("/clock", {"advance_seconds": -1}),
        ("/clock", {"advance_seconds": 1e300}),
        ("/clock", {"advance_seconds": 10**400}),
        ("/clock", {"advance_seconds": "60"}),
        ("/faults", {}),
        ("/faults", {"kind": "earthquake"}),
        ("/faults", {"kind": "hang", "path": "/_admin"}),
        ("/faults", {"kind": "hang", "count": 0}),
        ("/faults", {"kind": "delay", "delay_seconds": -1}),
        ("/tokens", {"kind": "session"}),
        ("/tokens", {"kind": "connected_app"}),
    ],
)
def test_a_control_refuses_what_it_cannot_do(emulator, path, arguments):
    reply = emulator.admin("POST", path, **arguments)

    assert (reply.status_code, reply.json()["error_type"]) == (400, "invalid_argument")
