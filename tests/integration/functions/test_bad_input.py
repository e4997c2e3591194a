"""Bad input: each a precise 4xx problem, one line in the log, and no row changed."""

from __future__ import annotations

import base64
import json

import boto3
import pytest
from botocore.config import Config

from tests.support.running_cloud import RunningCloud
from tests.support.visitor import Visitor

BODIES = {
    "no body": (b"", 400, "body_missing"),
    "not JSON": (b"{", 400, "body_not_json"),
    "not UTF-8": (b"\xff\xfe\xff", 400, "body_not_json"),
    "not an object": (b"[1]", 400, "body_not_object"),
    "nested without end": (b"[" * 60_000, 400, "body_not_json"),
    "too large": (b'{"title": "' + b"x" * 70_000 + b'"}', 413, "body_too_large"),
    "no title": (b"{}", 422, "invalid_fields"),
    "a number as title": (b'{"title": 7}', 422, "invalid_fields"),
    "an empty title": (b'{"title": "  "}', 422, "invalid_fields"),
    "256 characters": (json.dumps({"title": "x" * 256}).encode(), 422, "invalid_fields"),
    "half a character": (b'{"title": "\\ud800"}', 422, "invalid_fields"),
    "an unknown status": (b'{"title": "x", "status": "lost"}', 422, "invalid_fields"),
}


@pytest.mark.parametrize(("body", "status", "code"), BODIES.values(), ids=BODIES)
def test_a_bad_body_is_refused(member: Visitor, body: bytes, status: int, code: str) -> None:
    before = member.call("GET", "/api/issues?limit=1").json()

    answer = member.call("POST", "/api/issues", data=body)

    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == code
    assert member.call("GET", "/api/issues?limit=1").json() == before


def test_every_bad_field_is_named_at_once(member: Visitor) -> None:
    answer = member.call("POST", "/api/issues", json={"title": "", "status": "lost"})

    assert [error["field"] for error in answer.json()["errors"]] == ["title", "status"]


@pytest.mark.parametrize(
    "text", ["0", "-1", "1.5", "1e3", "abc", "٣", "18446744073709551616", "%20"]
)
@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_an_id_that_is_none_is_not_found(member: Visitor, method: str, text: str) -> None:
    answer = member.call(method, f"/api/issues/{text}", json={"title": "x"})

    assert answer.status_code == 404


@pytest.mark.parametrize(
    "url",
    [
        "/.netlify/functions/delete/",
        "/.netlify/functions/delete//",
        "/.netlify/functions/delete/issues/",
        "/.netlify/functions/delete/issues",
        "/api/issues/",
        "/api/",
    ],
)
def test_an_id_lost_on_the_way_never_deletes_the_account(member: Visitor, url: str) -> None:
    answer = member.call("DELETE", url)

    assert answer.status_code == 404
    assert member.call("POST", "/api/issues", json={"title": "Still here"}).status_code == 201


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "after=x", "after="])
def test_a_page_that_there_cannot_be_is_refused(member: Visitor, query: str) -> None:
    answer = member.call("GET", f"/api/issues?{query}")

    assert answer.status_code == 400


@pytest.mark.parametrize("query", ["status=lost", "assignee=you"])
def test_an_unknown_filter_is_refused(member: Visitor, query: str) -> None:
    answer = member.call("GET", f"/api/issues?{query}")

    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("method", "url", "allow"),
    [
        ("PUT", "/api/issues", {"GET", "HEAD", "POST"}),
        ("OPTIONS", "/api/issues/1", {"GET", "HEAD", "PATCH", "DELETE"}),
        ("TRACE", "/api/me", {"GET", "HEAD"}),
        ("PUT", "/api/account", {"DELETE"}),
        ("GET", "/api/login", {"POST"}),
        ("BREW", "/api/authenticate", {"GET", "HEAD"}),
        ("PATCH", "/api/users", {"GET", "HEAD", "POST"}),
        ("GET", "/.netlify/functions/create", {"POST"}),
        ("POST", "/.netlify/functions/get", {"GET", "HEAD"}),
        ("POST", "/.netlify/functions/delete", {"DELETE"}),
        ("GET", "/.netlify/functions/login", {"POST"}),
        ("GET", "/.netlify/functions/logout", {"POST"}),
        ("POST", "/.netlify/functions/authenticate", {"GET", "HEAD"}),
        ("POST", "/.netlify/functions/update/issues/1", {"PATCH"}),
    ],
)
def test_a_wrong_method_is_told_the_right_ones(
    member: Visitor, method: str, url: str, allow: set[str]
) -> None:
    answer = member.call(method, url)

    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == allow
    assert answer.json()["code"] == "method_not_allowed"


@pytest.mark.parametrize("method", ["PUT", "OPTIONS", "GET", "DELETE"])
def test_no_method_is_right_for_what_is_not_there(member: Visitor, method: str) -> None:
    answer = member.call(method, "/api/nothing")

    assert (answer.status_code, answer.json()["code"]) == (404, "route_not_found")


@pytest.mark.parametrize(
    "bearer",
    ["x", "a.b.c", "....", "eyJhbGciOiJub25lIn0.e30.", "=" * 9000, "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6"],
)
def test_a_bearer_of_any_shape_is_refused(stranger: Visitor, bearer: str) -> None:
    answer = stranger.call("GET", "/api/me", headers={"Authorization": f"Bearer {bearer}"})

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("cookie", ["\x7f\x01garbage", "a.b.c", "%F0%9F", "x" * 4000])
@pytest.mark.parametrize("name", ["stytch_session", "stytch_session_jwt"])
def test_a_cookie_of_random_bytes_is_refused_and_cleared(
    stranger: Visitor, name: str, cookie: str
) -> None:
    answer = stranger.call("GET", "/api/me", headers={"Cookie": f"{name}={cookie}"})

    assert answer.status_code == 401


def test_a_broken_client_context_is_refused(cloud: RunningCloud) -> None:
    client = boto3.client(
        "lambda",
        endpoint_url=cloud.address("Lambda API"),
        region_name="us-east-1",
        aws_access_key_id="local",
        aws_secret_access_key="local",
        config=Config(retries={"max_attempts": 0}),
    )
    context = base64.b64encode(json.dumps({"custom": {"netlify": "%%%"}}).encode()).decode()
    event = {"httpMethod": "GET", "path": "/.netlify/functions/get/me", "headers": {}}

    answer = client.invoke(FunctionName="get", Payload=json.dumps(event), ClientContext=context)

    result = json.load(answer["Payload"])
    assert "FunctionError" not in answer
    assert result["statusCode"] == 400
    assert json.loads(result["body"])["code"] == "client_context_malformed"


def test_a_refused_request_is_one_line_in_the_log(cloud: RunningCloud, stranger: Visitor) -> None:
    answer = stranger.call("POST", "/.netlify/functions/login", data=b"{")

    request_id = answer.json()["request_id"]
    lines = [line for line in cloud.log.splitlines() if f'"request_id": "{request_id}"' in line]
    assert len(lines) == 1
    assert '"code": "body_not_json"' in lines[0]


@pytest.mark.parametrize(
    "email", ["", "ada", "@example.com", "ada@", "a b@example.com", "a@b", 7, None, ["a@b.c"]]
)
def test_an_address_that_is_none_is_refused(stranger: Visitor, email: object) -> None:
    answer = stranger.call("POST", "/api/login", json={"email": email})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "email"
