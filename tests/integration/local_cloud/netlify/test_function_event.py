"""The event and the client context that a function receives, as Netlify builds them."""

from __future__ import annotations

import base64
import http.client
import json
from typing import Any
from urllib.parse import urlsplit

import jwt
import pytest
import requests


def call(site: str, target: str, method: str = "GET", **request: Any) -> dict[str, Any]:
    response = requests.request(method, site + target, timeout=10, **request)
    assert response.status_code == 200, response.text
    told: dict[str, Any] = response.json()
    return told


def test_event_has_exactly_the_keys_of_netlify(site: str) -> None:
    event = call(site, "/.netlify/functions/get")["event"]

    assert set(event) == {
        "rawUrl",
        "rawQuery",
        "path",
        "httpMethod",
        "headers",
        "multiValueHeaders",
        "queryStringParameters",
        "multiValueQueryStringParameters",
        "body",
        "isBase64Encoded",
    }


def test_path_keeps_what_follows_the_function_name(site: str) -> None:
    event = call(site, "/.netlify/functions/get/issues/11")["event"]

    assert event["path"] == "/.netlify/functions/get/issues/11"


def test_path_and_raw_url_stay_the_original_ones_after_a_rewrite(site: str) -> None:
    event = call(site, "/api/issues?limit=2")["event"]

    assert event["path"] == "/api/issues"
    assert event["rawUrl"] == f"{site}/api/issues?limit=2"


def test_escapes_in_the_path_are_left_to_the_function(site: str) -> None:
    event = call(site, "/.netlify/functions/get/issues/a%2Fb%20c")["event"]

    assert event["path"] == "/.netlify/functions/get/issues/a%2Fb%20c"


@pytest.mark.parametrize("address", ["/.netlify/functions/get/a%0Ab", "/api/issues/a%0Ab"])
def test_path_may_hold_a_line_break(site: str, address: str) -> None:
    event = call(site, address)["event"]

    assert event["path"] == address


def test_repeated_query_parameters_are_all_kept(site: str) -> None:
    event = call(site, "/.netlify/functions/get?a=1&a=2&empty=")["event"]

    assert event["rawQuery"] == "a=1&a=2&empty="
    assert event["queryStringParameters"] == {"a": "1, 2", "empty": ""}
    assert event["multiValueQueryStringParameters"] == {"a": ["1", "2"], "empty": [""]}


def test_repeated_headers_are_joined_and_kept_apart(site: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(site).port, timeout=10)
    connection.putrequest("GET", "/.netlify/functions/get")
    connection.putheader("X-Many", "one")
    connection.putheader("X-Many", "two")
    connection.endheaders()
    event = json.loads(connection.getresponse().read())["event"]
    connection.close()

    assert event["headers"]["x-many"] == "one, two"
    assert event["multiValueHeaders"]["x-many"] == ["one", "two"]


def test_text_body_is_passed_as_text(site: str) -> None:
    body = '{"title": "Grüße"}'.encode()

    event = call(site, "/.netlify/functions/get", "POST", data=body)["event"]

    assert (event["body"], event["isBase64Encoded"]) == ('{"title": "Grüße"}', False)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [("image/png", b"plain"), ("text/plain", b"\xff\xfe"), ("application/octet-stream", b"x")],
)
def test_binary_body_is_passed_as_base64(site: str, content_type: str, body: bytes) -> None:
    headers = {"content-type": content_type}

    event = call(site, "/.netlify/functions/get", "POST", data=body, headers=headers)["event"]

    assert event["isBase64Encoded"] is True
    assert base64.b64decode(event["body"]) == body


@pytest.mark.parametrize(
    "name",
    [
        "x-nf-identity-info",
        "x-nf-account-id",
        "x-amz-client-context",
        "x-amzn-trace-id",
        "x-forwarded-host",
        "x-real-ip",
        "forwarded",
    ],
)
def test_header_that_only_the_edge_may_send_is_dropped(site: str, name: str) -> None:
    event = call(site, "/.netlify/functions/get", headers={name: "spoofed"})["event"]

    assert name not in event["headers"]
    assert name not in event["multiValueHeaders"]


@pytest.mark.parametrize("name", ["client-ip", "x-forwarded-for", "x-nf-client-connection-ip"])
def test_client_address_is_the_real_one(site: str, name: str) -> None:
    event = call(site, "/.netlify/functions/get", headers={name: "203.0.113.9"})["event"]

    assert event["headers"][name] == "127.0.0.1"
    assert event["multiValueHeaders"][name] == ["127.0.0.1"]


def test_client_context_has_identity_and_site_but_no_user_for_a_stranger(site: str) -> None:
    context = call(site, "/.netlify/functions/get")["netlify"]

    assert set(context) == {"identity", "site_url"}
    assert context["identity"]["url"] == "http://localhost/.netlify/identity"
    token = jwt.decode(context["identity"]["token"], options={"verify_signature": False})
    assert (set(token), token["sub"]) == ({"exp", "sub"}, "0")


def test_client_context_has_the_claims_of_a_verified_bearer(site: str, bearer: str) -> None:
    headers = {"authorization": bearer}

    context = call(site, "/.netlify/functions/get", headers=headers)["netlify"]

    assert context["user"]["email"] == "grace@example.com"
    assert context["user"]["user_metadata"] == {"full_name": "Grace Hopper"}


def test_client_context_has_no_user_for_a_bearer_of_another_signature(site: str) -> None:
    claims = {"sub": "1", "email": "grace@example.com", "exp": 4102444800}
    forged = jwt.encode(claims, "another secret of at least 32 bytes", algorithm="HS256")

    context = call(site, "/.netlify/functions/get", headers={"authorization": f"Bearer {forged}"})[
        "netlify"
    ]

    assert "user" not in context
