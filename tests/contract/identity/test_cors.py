"""Calls from a page of another origin."""

from __future__ import annotations

import pytest

from tests.contract.identity.under_test import CLIENT_HEADER, at_gotrue, here

ORIGIN = {"Origin": "http://localhost:5173"}


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
@pytest.mark.parametrize(
    "header", ["authorization", "content-type", "x-jwt-aud", "x-use-cookie", "accept,content-type"]
)
def test_a_preflight_allows_what_clients_send(identity, method, header):
    answer = preflight(identity, method, header)

    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Access-Control-Allow-Credentials"] == "true"
    assert answer.headers["Access-Control-Allow-Headers"] == header
    assert answer.headers["Access-Control-Allow-Methods"] == method


def test_a_preflight_may_ask_for_no_header(identity):
    answer = identity.options("/user", headers={**ORIGIN, "Access-Control-Request-Method": "PUT"})

    assert answer.headers["Access-Control-Allow-Methods"] == "PUT"
    assert "Access-Control-Allow-Headers" not in answer.headers


@pytest.mark.parametrize(
    ("method", "header"),
    [
        ("PATCH", "authorization"),
        ("HEAD", "authorization"),
        ("GET", "x-mine"),
        ("GET", "Authorization"),
        ("GET", "content-type,authorization"),
    ],
)
def test_a_preflight_that_asks_for_more_is_allowed_nothing(identity, method, header):
    answer = preflight(identity, method, header)

    assert answer.status_code == 204
    assert not [name for name in answer.headers if name.startswith("Access-Control-")]


@here(CLIENT_HEADER)
def test_a_preflight_may_ask_for_the_header_of_netlifys_clients(identity):
    answer = preflight(identity, "GET", "x-nf-client")

    assert answer.headers["Access-Control-Allow-Headers"] == "x-nf-client"


@at_gotrue(CLIENT_HEADER)
def test_gotrue_does_not_allow_the_header_of_netlifys_clients(identity):
    answer = preflight(identity, "GET", "x-nf-client")

    assert "Access-Control-Allow-Origin" not in answer.headers


def test_an_answer_may_be_read(identity):
    answer = identity.get("/settings", headers=ORIGIN)

    assert answer.headers["Vary"] == "Origin"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Access-Control-Allow-Credentials"] == "true"


def test_an_error_may_be_read_too(identity):
    answer = identity.get("/user", headers=ORIGIN)

    assert answer.status_code == 401
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_without_an_origin_there_is_nothing_to_allow(identity):
    assert "Access-Control-Allow-Origin" not in identity.get("/settings").headers


def preflight(identity, method, header):
    return identity.options(
        "/user",
        headers={
            **ORIGIN,
            "Access-Control-Request-Method": method,
            "Access-Control-Request-Headers": header,
        },
    )
