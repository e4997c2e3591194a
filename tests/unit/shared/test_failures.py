"""Whatever raises: the caller gets a problem, the log one traceback, the metric one count.

Each place on the way from the event to the result fails in turn.
"""

from __future__ import annotations

import base64
import json

import mangum.handlers.api_gateway
import pytest
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import JSONResponse
from starlette.routing import Route

import shared.lambda_handler
from shared import log
from shared.application import application
from shared.http.call_state import FunctionPath
from shared.http.middleware import answer_and_log
from shared.http.middleware.answer_and_log import AnswerAndLog, UnhandledErrors
from tests.support.events import REQUEST_ID, LambdaContext, http_api, netlify, rest_api
from tests.support.lasting import lasting_handler

SHAPES = pytest.mark.parametrize("shape", [http_api, rest_api, netlify])


class Broken(Exception):
    """What the failing place raises."""


async def fine(request):
    return JSONResponse("fine")


async def broken(request):
    raise Broken("hush")


class HalfAnAnswer:
    """Raises once the answer has begun."""

    async def __call__(self, scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise Broken("hush")


class Unreadable:
    """A header value that cannot be made a text."""

    def __str__(self):
        raise Broken("hush")


@pytest.fixture
def answer(configure):
    """A function's answer to one request, at `path`."""
    configure(ALLOWED_ORIGINS="https://partner.example")
    routes = [
        Route("/fine", fine),
        Route("/broken", broken),
        Route("/half", HalfAnAnswer()),
    ]
    handler = lasting_handler(application("get", routes))

    def ask(path="/fine", shape=http_api):
        return handler(shape("GET", path), LambdaContext())

    return ask


def raising(*_, **__):
    raise Broken("hush")


async def raising_async(*_, **__):
    raise Broken("hush")


PARTS = [
    (AnswerAndLog, "__call__", raising_async),
    (AnswerAndLog, "_write", raising),
    (FunctionPath, "__call__", raising_async),
    (answer_and_log, "_add_headers", raising),
    (CORSMiddleware, "__call__", raising_async),
    (UnhandledErrors, "__call__", raising_async),
    (mangum.handlers.api_gateway.HTTPGateway, "__call__", raising),
    (mangum.handlers.api_gateway, "handle_base64_response_body", raising),
]


def is_an_internal_error(result):
    """Whether it is a problem document that names the request and nothing of the exception."""
    problem = json.loads(result["body"])
    return (
        result["statusCode"] == 500
        and problem["code"] == "internal_error"
        and problem["request_id"] == REQUEST_ID
        and result["headers"]["x-request-id"] == REQUEST_ID
        and "hush" not in result["body"]
    )


@SHAPES
@pytest.mark.parametrize("path", ["/broken", "/half"])
def test_a_route_that_raises_is_answered_with_a_problem(answer, path, shape):
    assert is_an_internal_error(answer(path, shape))


@pytest.mark.parametrize("path", ["/broken", "/half"])
def test_a_route_that_raises_leaves_one_traceback_and_one_count(answer, log_lines, path):
    answer(path)

    [line] = log_lines()
    assert ("Broken: hush" in line["crash"], line["UnhandledErrors"]) == (True, 1)
    assert (line["request_id"], line["level"]) == (REQUEST_ID, "CRITICAL")


@pytest.mark.parametrize(("owner", "name", "failure"), PARTS)
def test_a_part_that_raises_is_answered_with_a_problem(answer, monkeypatch, owner, name, failure):
    monkeypatch.setattr(owner, name, failure)

    assert is_an_internal_error(answer())


@pytest.mark.parametrize(("owner", "name", "failure"), PARTS)
def test_a_part_that_raises_leaves_one_traceback_and_one_count(
    answer, monkeypatch, log_lines, owner, name, failure
):
    monkeypatch.setattr(owner, name, failure)

    answer()

    [line] = [line for line in log_lines() if "crash" in line]
    assert ("Broken: hush" in line["crash"], line["UnhandledErrors"]) == (True, 1)
    assert line["request_id"] == REQUEST_ID


def test_a_failure_of_the_log_itself_is_answered_with_a_problem(answer, monkeypatch):
    real, lines = log.write, []

    def fail_first(*arguments, **members):
        lines.append(members)
        if len(lines) == 1:
            raise Broken("hush")
        real(*arguments, **members)

    monkeypatch.setattr(log, "write", fail_first)

    assert is_an_internal_error(answer())
    assert "Broken: hush" in lines[1]["crash"]


def test_after_a_failure_the_next_request_is_answered_as_ever(answer):
    answer("/broken")

    assert json.loads(answer("/fine")["body"]) == "fine"


def test_an_event_that_cannot_be_read_is_the_callers_fault(answer, log_lines):
    event = http_api("GET", "/fine", headers={"x": Unreadable()})
    handler = lasting_handler(application("get", [Route("/fine", fine)]))

    result = handler(event, LambdaContext())

    [line] = log_lines()
    assert (result["statusCode"], json.loads(result["body"])["code"]) == (400, "request_malformed")
    assert (line["level"], line["error"], "crash" in line) == ("WARNING", "Broken", False)


def test_a_body_that_cannot_be_decoded_is_the_callers_fault(answer):
    handler = lasting_handler(application("get", [Route("/fine", fine)]))
    event = http_api("GET", "/fine", body="a") | {"isBase64Encoded": True}

    assert handler(event, LambdaContext())["statusCode"] == 400


def test_a_malformed_first_event_is_logged_as_one_json_line(configure, log_lines):
    configure()
    handler = lasting_handler(application("get", [Route("/fine", fine)]))

    handler({"httpMethod": "GET"}, LambdaContext())

    assert [line["event"] for line in log_lines()] == ["malformed"]


def test_a_failure_is_logged_whatever_the_log_level(configure, log_lines):
    configure(LOG_LEVEL="ERROR")
    handler = lasting_handler(application("get", [Route("/broken", broken)]))

    handler(http_api("GET", "/broken"), LambdaContext())

    assert len(log_lines()) == 1


def test_the_answer_is_held_back_until_all_has_succeeded(answer, monkeypatch):
    monkeypatch.setattr(AnswerAndLog, "_write", raising)

    result = answer("/fine")

    assert base64.b64encode(b"fine").decode() not in result["body"]
    assert is_an_internal_error(result)


def test_mangums_own_errors_are_not_silenced():
    assert shared.lambda_handler.logging.getLogger("mangum.http").isEnabledFor(40)
