"""/_admin/faults: Identity as it is when it is down."""

from __future__ import annotations

import pytest
import requests

from tests.contract.identity.under_test import only_emulator

pytestmark = only_emulator("nobody can let it fail")


def test_a_fault_strikes_as_often_as_it_was_planned(identity):
    planned = identity.post("/_admin/faults", json={"status": 503, "count": 2})

    statuses = [identity.get("/health").status_code for _ in range(3)]

    assert planned.status_code == 204
    assert statuses == [503, 503, 200]


def test_a_fault_has_the_form_of_gotrues_errors(identity):
    identity.post("/_admin/faults", json={"status": 503})

    refusal = identity.get("/health").json()
    assert refusal.pop("error_id")
    assert refusal == {"code": 503, "msg": "Service Unavailable"}


def test_a_fault_strikes_its_endpoint_and_what_is_below(identity):
    identity.post("/_admin/faults", json={"status": 500, "path": "/admin", "count": 2})

    assert identity.get("/health").status_code == 200
    assert identity.get("/admin/users", headers=identity.operator()).status_code == 500
    assert identity.get("/admin/users/7", headers=identity.operator()).status_code == 500


def test_a_fault_leaves_an_endpoint_alone_whose_name_begins_alike(identity):
    identity.post("/_admin/faults", json={"status": 500, "path": "/sett"})

    assert identity.get("/settings").status_code == 200


def test_a_delay_without_a_status_answers_late_but_well(identity):
    identity.post("/_admin/faults", json={"delay_seconds": 1, "path": "/health"})

    with pytest.raises(requests.ReadTimeout):
        identity.get("/health", timeout=0.2)

    assert identity.get("/health").status_code == 200


def test_faults_are_taken_back(identity):
    identity.post("/_admin/faults", json={"status": 503, "count": 9})

    identity.delete("/_admin/faults")

    assert identity.get("/health").status_code == 200


def test_a_delay_comes_before_the_status(identity):
    identity.post("/_admin/faults", json={"status": 503, "delay_seconds": 1})

    with pytest.raises(requests.ReadTimeout):
        identity.get("/health", timeout=0.2)


@pytest.mark.parametrize(
    ("kind", "status"), [("too_many_requests", 429), ("internal_server_error", 500)]
)
def test_two_kinds_are_names_of_a_status(identity, kind, status):
    identity.post("/_admin/faults", json={"kind": kind})

    answer = identity.get("/health")

    assert (answer.status_code, answer.json()["code"]) == (status, status)


def test_a_bad_gateway_is_a_page_of_html(identity):
    identity.post("/_admin/faults", json={"kind": "bad_gateway"})

    answer = identity.get("/health")

    assert (answer.status_code, answer.headers["Content-Type"]) == (502, "text/html; charset=utf-8")


def test_malformed_json_cannot_be_read(identity):
    identity.post("/_admin/faults", json={"kind": "malformed_json"})

    with pytest.raises(requests.JSONDecodeError):
        identity.get("/health").json()


def test_a_request_that_hangs_is_never_answered(identity):
    identity.post("/_admin/faults", json={"kind": "hang"})

    with pytest.raises(requests.ReadTimeout):
        identity.get("/health", timeout=0.2)


def test_the_faults_that_are_still_to_come_are_listed(identity):
    identity.post("/_admin/faults", json={"status": 503, "count": 2, "path": "/health"})
    identity.get("/health")

    (fault,) = identity.get("/_admin/faults").json()["faults"]

    assert (fault["path"], fault["status"], fault["count"]) == ("/health", 503, 1)


def test_faults_outlive_a_restart(start, tmp_path):
    start(tmp_path / "state.sqlite").post("/_admin/faults", json={"status": 503})

    assert start(tmp_path / "state.sqlite").get("/health").status_code == 503


def test_the_controls_are_listed(identity):
    controls = identity.get("/_admin").json()["controls"]

    assert [(control["method"], control["url"]) for control in controls] == [
        ("GET", f"{identity.url}/_admin"),
        ("POST", f"{identity.url}/_admin/clock"),
        ("GET", f"{identity.url}/_admin/faults"),
        ("POST", f"{identity.url}/_admin/faults"),
        ("DELETE", f"{identity.url}/_admin/faults"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"status": 503, "kind": "hang"},
        {"kind": "earthquake"},
        {"status": 503, "path": "health"},
        {"status": 200},
        {"status": "503"},
        {"status": 503.0},
        {"status": [503]},
        {"status": 599},
        {"status": 503, "count": 0},
        {"status": 503, "count": True},
        {"delay_seconds": -1},
        {"delay_seconds": 3601},
        {"delay_seconds": "1"},
        {"status": 503, "path": 7},
    ],
)
def test_what_is_no_fault_is_refused(identity, body):
    answer = identity.post("/_admin/faults", json=body)

    assert answer.status_code == 400
    assert identity.get("/health").status_code == 200
