"""How a function's result, or its failure, reaches the caller."""

from __future__ import annotations

import base64
import http.client
import json
import threading
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from requests import Response


def answer_with(site: str, result: dict[str, Any]) -> Response:
    """Let the function `create` give back `result`."""
    return requests.post(f"{site}/.netlify/functions/create", json=result, timeout=10)


def assert_problem(response: Response, status: int, code: str) -> None:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert set(problem) == {"type", "status", "title", "detail", "code", "request_id"}
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["request_id"] == response.headers["x-nf-request-id"]


def test_status_headers_and_body_are_passed_on(site: str) -> None:
    response = answer_with(
        site, {"statusCode": 201, "headers": {"content-type": "text/x-own"}, "body": "Grüße"}
    )

    assert response.status_code == 201
    assert response.headers["content-type"] == "text/x-own"
    assert response.content.decode() == "Grüße"


def test_several_cookies_stay_several_headers(site: str) -> None:
    response = answer_with(
        site, {"statusCode": 200, "multiValueHeaders": {"Set-Cookie": ["a=1", "b=2"]}}
    )

    assert response.raw.headers.getlist("set-cookie") == ["a=1", "b=2"]


def test_base64_body_is_decoded(site: str) -> None:
    body = base64.b64encode(b"\x00\xff").decode()

    response = answer_with(site, {"statusCode": 200, "body": body, "isBase64Encoded": True})

    assert response.content == b"\x00\xff"


def test_name_in_both_forms_of_headers_is_sent_as_the_one_that_repeats(site: str) -> None:
    result = {"headers": {"set-cookie": "a=1"}, "multiValueHeaders": {"Set-Cookie": ["a=1", "b=2"]}}

    response = answer_with(site, {"statusCode": 200, **result})

    assert response.raw.headers.getlist("set-cookie") == ["a=1", "b=2"]


@pytest.mark.parametrize("status", [204, 304])
def test_answer_without_content_has_no_body(site: str, status: int) -> None:
    response = answer_with(site, {"statusCode": status, "body": "ignored"})

    assert (response.status_code, response.content) == (status, b"")
    assert "content-length" not in response.headers


def test_connection_stays_usable_after_an_answer_without_content(site: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(site).port, timeout=10)
    result = json.dumps({"statusCode": 204, "body": "ignored"})
    connection.request("POST", "/.netlify/functions/create", body=result)
    connection.getresponse().read()
    connection.auto_open = 0

    connection.request("GET", "/.netlify/functions/login")
    body = connection.getresponse().read()
    connection.close()

    assert body == b"login"


@pytest.mark.parametrize(
    "result",
    [
        {},
        {"statusCode": "200"},
        {"statusCode": 99},
        {"statusCode": 200, "headers": ["x"]},
        {"statusCode": 200, "headers": {"x": "a\r\nb: c"}},
        {"statusCode": 200, "headers": {"no name": "x"}},
        {"statusCode": 200, "multiValueHeaders": {"x": 1}},
        {"statusCode": 200, "body": {"not": "text"}},
        {"statusCode": 200, "body": "%", "isBase64Encoded": True},
        ["statusCode", 200],
        None,
    ],
)
def test_result_of_another_shape_is_a_bad_gateway(site: str, result: Any) -> None:
    assert_problem(answer_with(site, result), 502, "function_failed")


def test_exception_in_the_function_is_a_bad_gateway_that_tells_the_developer_why(
    site: str,
) -> None:
    response = requests.get(f"{site}/.netlify/functions/update", timeout=10)

    assert_problem(response, 502, "function_failed")
    assert response.json()["detail"] == "The function failed. ValueError: a wrong value"


def test_trace_of_an_exception_stays_in_the_log(site: str) -> None:
    response = requests.get(f"{site}/.netlify/functions/update", timeout=10)

    assert ".py" not in response.text


def test_mistake_in_a_handler_is_told_where_it_is_made(site: str, root: Path) -> None:
    handler = root / "functions" / "update.py"
    as_it_was = handler.read_text()
    handler.write_text("def handler(event, context)\n    return None\n")

    response = requests.get(f"{site}/.netlify/functions/update", timeout=10)
    handler.write_text(as_it_was)

    assert_problem(response, 502, "function_failed")
    assert "Runtime.UserCodeSyntaxError" in response.json()["detail"]
    assert "(update.py, line 1)" in response.json()["detail"]


def test_mended_handler_answers_the_next_request(site: str, root: Path) -> None:
    handler = root / "functions" / "update.py"
    as_it_was = handler.read_text()
    handler.write_text("def handler(event, context)\n    return None\n")
    requests.get(f"{site}/.netlify/functions/update", timeout=10)

    handler.write_text((root / "functions" / "login.py").read_text())
    response = requests.get(f"{site}/.netlify/functions/update", timeout=10)
    handler.write_text(as_it_was)

    assert (response.status_code, response.text) == (200, "login")


def test_function_that_takes_too_long_is_a_gateway_timeout(site: str) -> None:
    response = requests.get(f"{site}/.netlify/functions/delete", timeout=10)

    assert_problem(response, 504, "function_timed_out")


def test_function_whose_copies_are_all_busy_asks_to_try_again(site: str) -> None:
    busy = threading.Barrier(3)
    answers: list[Response] = []

    def call() -> None:
        busy.wait()
        answers.append(requests.get(f"{site}/.netlify/functions/delete", timeout=10))

    callers = [threading.Thread(target=call) for _ in range(3)]
    [caller.start() for caller in callers]
    [caller.join() for caller in callers]

    refused = [answer for answer in answers if answer.status_code == 429]
    assert len(refused) == 2
    assert_problem(refused[0], 429, "too_many_requests")
    assert refused[0].headers["retry-after"] == "1"


@pytest.mark.parametrize("name", ["nope", "", "..", "CREATE", "api2", "cre%00ate", "get.handler"])
def test_unknown_function_is_not_found(site: str, name: str) -> None:
    request = requests.Request("GET", site).prepare()
    request.url = f"{site}/.netlify/functions/{name}"

    response = requests.Session().send(request, timeout=10)

    assert_problem(response, 404, "function_not_found")


def test_body_above_six_megabytes_is_refused(site: str) -> None:
    body = b"x" * (6 * 1024 * 1024 + 1)

    response = requests.post(f"{site}/.netlify/functions/get", data=body, timeout=10)

    assert_problem(response, 413, "body_too_large")


def test_body_that_outgrows_the_limit_as_an_event_is_refused(site: str) -> None:
    body = b'"' * (4 * 1024 * 1024)

    response = requests.post(f"{site}/.netlify/functions/get", data=body, timeout=10)

    assert_problem(response, 413, "body_too_large")


def test_user_too_large_for_the_client_context_is_told_so(site: str, bearer: str) -> None:
    identity = f"{site}/.netlify/identity"
    headers = {"authorization": bearer}
    requests.put(
        f"{identity}/user", json={"data": {"note": "x" * 4000}}, headers=headers, timeout=5
    )
    form = {"grant_type": "password", "username": "grace@example.com", "password": "latchkey"}
    fresh = requests.post(f"{identity}/token", data=form, timeout=5).json()["access_token"]

    response = requests.get(
        f"{site}/.netlify/functions/get", headers={"authorization": f"Bearer {fresh}"}, timeout=10
    )
    requests.put(f"{identity}/user", json={"data": {"note": None}}, headers=headers, timeout=5)

    assert_problem(response, 431, "identity_too_large")
