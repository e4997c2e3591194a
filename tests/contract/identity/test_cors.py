"""Calls from a page of another origin."""

from __future__ import annotations

import pytest

ORIGIN = {"Origin": "http://localhost:5173"}


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
@pytest.mark.parametrize(
    "header", ["authorization", "content-type", "x-jwt-aud", "x-use-cookie", "x-nf-client"]
)
def test_a_preflight_allows_what_clients_send(identity, method, header):
    answer = identity.options(
        "/user",
        headers={
            **ORIGIN,
            "Access-Control-Request-Method": method,
            "Access-Control-Request-Headers": header,
        },
    )

    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "http://localhost:5173"
    assert answer.headers["Access-Control-Allow-Credentials"] == "true"
    assert header in answer.headers["Access-Control-Allow-Headers"].lower()
    assert method in answer.headers["Access-Control-Allow-Methods"]


def test_an_answer_may_be_read_with_credentials(identity):
    answer = identity.get("/settings", headers=ORIGIN)

    assert answer.headers["Access-Control-Allow-Origin"] == "http://localhost:5173"
    assert answer.headers["Access-Control-Allow-Credentials"] == "true"


def test_an_error_may_be_read_too(identity):
    answer = identity.get("/user", headers=ORIGIN)

    assert answer.status_code == 401
    assert answer.headers["Access-Control-Allow-Origin"] == "http://localhost:5173"


def test_a_preflight_refuses_another_method(identity):
    answer = identity.options("/user", headers={**ORIGIN, "Access-Control-Request-Method": "PATCH"})

    assert answer.status_code == 400
