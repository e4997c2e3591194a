"""The HTTP API as a browser and as a function sees it.

Source: Amazon API Gateway Developer Guide, "Create AWS Lambda proxy integrations for HTTP APIs".
"""

from __future__ import annotations

import http.client
import json
import re
import sys
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

TIMEOUT = 20


@pytest.fixture
def aws(lasting_aws):
    return lasting_aws


def event_of(response: requests.Response) -> Any:
    return response.json()["event"]


def answer(aws: Any, result: object) -> requests.Response:
    """Let the function answer with `result`."""
    body = json.dumps(result)
    headers = {"content-type": "application/json"}
    return requests.post(f"{aws.api_url}/answer", body, headers=headers, timeout=TIMEOUT)


def status_of_raw_request(aws: Any, request: bytes) -> int:
    connection = http.client.HTTPConnection(urlsplit(aws.api_url).netloc, timeout=TIMEOUT)
    connection.connect()
    connection.sock.sendall(request)
    response = http.client.HTTPResponse(connection.sock)
    response.begin()
    connection.close()
    response.close()
    return response.status


def test_the_event_has_the_shape_of_payload_format_2(aws):
    response = requests.get(f"{aws.api_url}/echo?a=1", timeout=TIMEOUT)

    event = event_of(response)
    assert event["version"] == "2.0"
    assert event["routeKey"] == "GET /echo"
    assert event["rawPath"] == "/echo"
    assert event["rawQueryString"] == "a=1"
    assert event["isBase64Encoded"] is False
    assert {"body", "cookies", "pathParameters"}.isdisjoint(event)


def test_the_request_context_tells_who_asked_for_what_and_when(aws):
    response = requests.get(f"{aws.api_url}/echo", headers={"user-agent": "test"}, timeout=TIMEOUT)

    context = event_of(response)["requestContext"]
    assert context["http"] == {
        "method": "GET",
        "path": "/echo",
        "protocol": "HTTP/1.1",
        "sourceIp": "127.0.0.1",
        "userAgent": "test",
    }
    assert context["stage"] == "$default"
    assert context["routeKey"] == "GET /echo"
    assert context["domainName"] == urlsplit(aws.api_url).netloc
    assert re.fullmatch(r"\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d \+0000", context["time"])
    assert context["timeEpoch"] > 1_700_000_000_000


def test_header_names_are_lower_case_and_repeated_headers_are_joined(aws):
    connection = http.client.HTTPConnection(urlsplit(aws.api_url).netloc, timeout=TIMEOUT)
    connection.putrequest("GET", "/echo")
    connection.putheader("X-Thing", "one")
    connection.putheader("X-THING", "two")
    connection.endheaders()
    event = json.loads(connection.getresponse().read())["event"]
    connection.close()

    assert event["headers"]["x-thing"] == "one,two"


def test_cookies_are_a_list_of_their_own_and_no_header(aws):
    response = requests.get(f"{aws.api_url}/echo", headers={"cookie": "a=1; b=2"}, timeout=TIMEOUT)

    event = event_of(response)
    assert event["cookies"] == ["a=1", "b=2"]
    assert "cookie" not in event["headers"]


def test_forwarding_headers_are_added(aws):
    response = requests.get(
        f"{aws.api_url}/echo", headers={"x-forwarded-for": "192.0.2.1"}, timeout=TIMEOUT
    )

    headers = event_of(response)["headers"]
    assert headers["x-forwarded-for"] == "192.0.2.1, 127.0.0.1"
    assert headers["x-forwarded-proto"] == "http"
    assert headers["x-amzn-trace-id"].startswith("Root=1-")


def test_query_parameters_are_decoded_and_repeated_ones_joined(aws):
    response = requests.get(f"{aws.api_url}/echo?a=1&a=2&b=%C3%A4+x&c=", timeout=TIMEOUT)

    event = event_of(response)
    assert event["queryStringParameters"] == {"a": "1,2", "b": "ä x", "c": ""}
    assert event["rawQueryString"] == "a=1&a=2&b=%C3%A4+x&c="


def test_path_variables_are_decoded(aws):
    response = requests.patch(f"{aws.api_url}/echo/%C3%A4-1", timeout=TIMEOUT)

    event = event_of(response)
    assert event["routeKey"] == "ANY /echo/{id}"
    assert event["pathParameters"] == {"id": "ä-1"}
    assert event["rawPath"] == "/echo/ä-1"


def test_a_path_variable_may_hold_a_line_break(aws):
    response = requests.get(f"{aws.api_url}/echo/a%0Ab", timeout=TIMEOUT)

    assert event_of(response)["pathParameters"] == {"id": "a\nb"}


def test_a_greedy_variable_takes_the_rest_of_the_path(aws):
    response = requests.get(f"{aws.api_url}/deep/a/b", timeout=TIMEOUT)

    assert event_of(response)["pathParameters"] == {"proxy": "a/b"}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/nothing"),
        ("DELETE", "/echo"),
        ("GET", "/echo/"),
        ("GET", "/echo/1/2"),
        ("GET", "/deep/"),
    ],
)
def test_a_request_without_a_route_is_not_found(aws, method, path):
    response = requests.request(method, aws.api_url + path, timeout=TIMEOUT)

    assert response.status_code == 404
    assert response.json() == {"message": "Not Found"}


@pytest.mark.parametrize(
    "content_type", ["application/json", "text/plain;charset=UTF-8", "application/xml", None]
)
def test_a_text_body_arrives_as_text(aws, content_type):
    response = requests.post(
        f"{aws.api_url}/echo", "ä".encode(), headers={"content-type": content_type}, timeout=TIMEOUT
    )

    event = event_of(response)
    assert (event["body"], event["isBase64Encoded"]) == ("ä", False)


@pytest.mark.parametrize(
    ("content_type", "body", "encoded"),
    [
        ("application/octet-stream", b"\x00\xff", "AP8="),
        ("application/x-www-form-urlencoded", b"a=1", "YT0x"),
        ("application/json", b"\xff", "/w=="),
    ],
)
def test_any_other_body_arrives_as_base64(aws, content_type, body, encoded):
    response = requests.post(
        f"{aws.api_url}/echo", body, headers={"content-type": content_type}, timeout=TIMEOUT
    )

    event = event_of(response)
    assert (event["body"], event["isBase64Encoded"]) == (encoded, True)


def test_no_client_context_comes_through_the_api(aws):
    response = requests.get(
        f"{aws.api_url}/echo", headers={"x-amz-client-context": "e30="}, timeout=TIMEOUT
    )

    assert response.json()["custom"] is None


def test_status_headers_and_body_are_the_functions(aws):
    response = answer(
        aws, {"statusCode": 418, "headers": {"X-Number": 7, "X-True": True}, "body": "short"}
    )

    assert (response.status_code, response.text) == (418, "short")
    assert (response.headers["x-number"], response.headers["x-true"]) == ("7", "true")
    assert response.headers["content-type"] == "text/plain;charset=UTF-8"


def test_each_cookie_becomes_a_header_of_its_own(aws):
    response = answer(aws, {"statusCode": 200, "cookies": ["a=1; Path=/", "b=2"]})

    assert response.raw.headers.getlist("set-cookie") == ["a=1; Path=/", "b=2"]


def test_a_base64_body_is_decoded(aws):
    response = answer(aws, {"statusCode": 200, "body": "AP8=", "isBase64Encoded": True})

    assert response.content == b"\x00\xff"


@pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="AWS's own client cannot send half a pair from 3.12 on"
)
def test_a_body_with_half_a_surrogate_pair_is_mended(aws):
    response = answer(aws, {"statusCode": 200, "body": "a\ud800"})

    assert (response.status_code, response.text) == (200, "a?")


@pytest.mark.parametrize("result", [{"a": 1}, ["a"], "text", 5, None])
def test_a_result_without_a_status_is_the_json_body_of_a_200(aws, result):
    response = answer(aws, result)

    assert (response.status_code, response.json()) == (200, result)
    assert response.headers["content-type"] == "application/json"


def test_a_204_has_no_body(aws):
    response = answer(aws, {"statusCode": 204, "body": "ignored"})

    assert (response.status_code, response.content) == (204, b"")


@pytest.mark.parametrize(
    "result",
    [
        {"statusCode": "many"},
        {"statusCode": 99},
        {"statusCode": 200, "body": {"not": "text"}},
        {"statusCode": 200, "body": "%", "isBase64Encoded": True},
        {"statusCode": 200, "headers": ["a"]},
        {"statusCode": 200, "headers": {"a": {}}},
        {"statusCode": 200, "headers": {"a": "b\r\nc: d"}},
        {"statusCode": 200, "headers": {"a b": "c"}},
        {"statusCode": 200, "cookies": ["a=1\r\nc: d"]},
    ],
)
def test_a_malformed_result_is_an_internal_server_error(aws, result):
    response = answer(aws, result)

    assert response.status_code == 500
    assert response.json() == {"message": "Internal Server Error"}


def test_a_function_error_is_an_internal_server_error_that_tells_the_developer_why(aws):
    response = requests.get(f"{aws.api_url}/misbehave/raise", timeout=TIMEOUT)

    assert response.status_code == 500
    assert response.json() == {
        "message": "Internal Server Error",
        "detail": "ValueError: a wrong value",
    }


def test_a_function_that_exits_is_an_internal_server_error(aws):
    response = requests.get(f"{aws.api_url}/misbehave/exit", timeout=TIMEOUT)

    assert (response.status_code, response.json()["message"]) == (500, "Internal Server Error")
    assert "Runtime exited with error: exit status 7" in response.json()["detail"]


def test_a_function_that_outlasts_the_integration_is_unavailable(hasty_aws):
    response = requests.get(f"{hasty_aws.api_url}/misbehave/sleep", timeout=TIMEOUT)

    assert response.status_code == 503
    assert response.json() == {"message": "Service Unavailable"}


def test_a_body_above_ten_megabytes_is_too_large(aws):
    request = b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10485761\r\n\r\n"

    assert status_of_raw_request(aws, request) == 413


def test_an_event_above_the_limit_of_lambda_is_too_large(aws):
    response = requests.post(f"{aws.api_url}/echo", b"\x00" * (5 * 1024 * 1024), timeout=TIMEOUT)

    assert response.status_code == 413
    assert response.json() == {"message": "Request Entity Too Large"}


@pytest.mark.parametrize("path", ["/%FF%FE", "/echo/%00", "/echo?%FF=%FF&&=&", "/echo/%2F", "//"])
def test_odd_bytes_in_a_path_never_break_the_api(aws, path):
    request = f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode()

    assert status_of_raw_request(aws, request) in {200, 404}


def test_a_head_request_has_no_body(aws):
    response = requests.head(f"{aws.api_url}/echo/1", timeout=TIMEOUT)

    assert (response.status_code, response.content) == (200, b"")
