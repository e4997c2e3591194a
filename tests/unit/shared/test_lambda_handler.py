"""shared/lambda_handler.py: one event in, one answer out, whatever the event is."""

from __future__ import annotations

import asyncio
import base64
import json

import pytest
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from shared.lambda_handler import make_handler
from tests.support.events import REQUEST_ID, LambdaContext, http_api, netlify, rest_api
from tests.support.json_values import JSON_VALUES
from tests.support.properties import given

SHAPES = pytest.mark.parametrize("shape", [http_api, rest_api, netlify])


async def echo(request):
    """What of a request arrived."""
    return JSONResponse(
        {
            "method": request.method,
            "path": request.url.path,
            "query": request.query_params.multi_items(),
            "body": (await request.body()).decode("latin-1"),
            "cookies": request.cookies,
            "header": request.headers.get("x-test"),
            "client": request.client.host if request.client else None,
        }
    )


async def two_cookies(request):
    response = Response("ok", media_type="text/plain")
    response.set_cookie("a", "1")
    response.set_cookie("b", "2")
    return response


async def problem(request):
    return Response("{}", 404, media_type="application/problem+json")


async def picture(request):
    return Response(b"\x89PNG\xff", media_type="image/png")


async def scheme(request):
    return Response(request.url.scheme, media_type="text/plain")


async def nothing(request):
    return Response(status_code=204)


METHODS = ["GET", "POST", "PATCH", "DELETE"]
ROUTES = [
    Route("/two-cookies", two_cookies),
    Route("/problem", problem),
    Route("/picture", picture),
    Route("/nothing", nothing),
    Route("/scheme", scheme),
    Route("/{path:path}", echo, methods=METHODS),
]


# Handlers live as long as their process, and so do their event loops.
HANDLER = make_handler(Starlette(routes=ROUTES))
OTHER_HANDLER = make_handler(Starlette(routes=ROUTES))


def answer(event):
    """The handler's answer to an event, in an ordinary context."""
    return HANDLER(event, LambdaContext())


def echoed(event):
    """What the application saw of an event."""
    return json.loads(answer(event)["body"])


@SHAPES
def test_method_path_query_body_and_caller_arrive(shape):
    event = shape("POST", "/api/issues", "a=1&b=2&b=3", '{"title": "Zoë"}', {"x-test": "yes"})

    assert echoed(event) == {
        "method": "POST",
        "path": "/api/issues",
        "query": [["a", "1"], ["b", "2"], ["b", "3"]],
        "body": '{"title": "ZoÃ«"}',
        "cookies": {},
        "header": "yes",
        "client": "198.51.100.7",
    }


@SHAPES
def test_cookies_arrive(shape):
    event = shape("GET", "/x", headers={"cookie": "a=1; b=2"})

    assert echoed(event)["cookies"] == {"a": "1", "b": "2"}


@pytest.mark.parametrize("shape", [rest_api, netlify])
def test_cookies_in_two_headers_arrive_both(shape):
    event = shape("GET", "/x")
    event["multiValueHeaders"]["cookie"] = ["a=1", "b=2"]

    assert echoed(event)["cookies"] == {"a": "1", "b": "2"}


@SHAPES
def test_a_body_in_base64_is_decoded(shape):
    event = shape("POST", "/x", body=base64.b64encode(b"\x00\xff").decode())

    assert echoed(event | {"isBase64Encoded": True})["body"] == "\x00\xff"


@SHAPES
def test_an_answer_in_json_is_sent_as_text(shape):
    response = answer(shape("GET", "/x"))

    assert (response["isBase64Encoded"], response["headers"]["content-type"]) == (
        False,
        "application/json",
    )


@SHAPES
def test_a_problem_is_sent_as_text(shape):
    response = answer(shape("GET", "/problem"))

    assert (response["statusCode"], response["isBase64Encoded"], response["body"]) == (
        404,
        False,
        "{}",
    )


@SHAPES
def test_bytes_are_sent_in_base64(shape):
    response = answer(shape("GET", "/picture"))

    assert (response["isBase64Encoded"], base64.b64decode(response["body"])) == (
        True,
        b"\x89PNG\xff",
    )


@SHAPES
def test_an_answer_without_a_body_has_none(shape):
    response = answer(shape("GET", "/nothing"))

    assert (response["statusCode"], response["body"]) == (204, "")


def test_several_cookies_are_sent_in_an_http_apis_own_way():
    cookies = answer(http_api("GET", "/two-cookies"))["cookies"]

    assert [cookie.split(";")[0] for cookie in cookies] == ["a=1", "b=2"]


@pytest.mark.parametrize("shape", [rest_api, netlify])
def test_several_cookies_are_sent_as_one_header_with_many_values(shape):
    cookies = answer(shape("GET", "/two-cookies"))["multiValueHeaders"]["set-cookie"]

    assert [cookie.split(";")[0] for cookie in cookies] == ["a=1", "b=2"]


@pytest.mark.parametrize(
    "event",
    [
        {},
        [],
        "warm-up",
        None,
        5,
        True,
        {"source": "aws.events", "detail-type": "Scheduled Event"},
        {"source": "aws.scheduler"},
        {"source": "serverless-plugin-warmup"},
        {"warmer": True},
        {"ping": 1},
    ],
)
def test_a_known_ping_is_a_warm_up(event):
    response = answer(event)

    assert (response["statusCode"], response["body"]) == (200, '{"message": "warm"}')


@pytest.mark.parametrize(
    "event",
    [
        {"Records": []},
        {"requestContext": None},
        {"requestContext": {"http": None}},
        {"requestContext": {"eventType": "CONNECT", "connectionId": "c"}, "headers": {}},
        {"httpMethod": None},
        {"httpMethod": 5},
        {"source": "aws.s3"},
        {"source": ["aws.events"]},
        {"key1": "value1"},
    ],
)
def test_any_other_event_that_is_no_request_is_malformed(event):
    response = answer(event)

    assert (response["statusCode"], json.loads(response["body"])["code"]) == (
        400,
        "request_malformed",
    )


@SHAPES
def test_half_a_surrogate_pair_in_the_path_is_malformed(shape):
    assert answer(shape("GET", "/echo/\ud800"))["statusCode"] == 400


@pytest.mark.parametrize("shape", [http_api, rest_api])
def test_half_a_surrogate_pair_in_the_clients_address_is_malformed(shape):
    event = shape("GET", "/echo")
    context = event["requestContext"]
    (context.get("http") or context["identity"])["sourceIp"] = "\ud800"

    assert answer(event)["statusCode"] == 400


@SHAPES
@pytest.mark.parametrize("proto", ["x", "", "javascript", "HTTPS, http"])
def test_a_scheme_that_is_none_is_https(shape, proto):
    event = shape("GET", "/scheme", headers={"x-forwarded-proto": proto})

    assert answer(event)["body"] == "https"


NULLS = [
    "headers",
    "multiValueHeaders",
    "queryStringParameters",
    "multiValueQueryStringParameters",
    "body",
    "isBase64Encoded",
]


@pytest.mark.parametrize("shape", [rest_api, netlify])
@pytest.mark.parametrize("member", NULLS)
def test_a_member_that_is_null_counts_as_empty(shape, member):
    assert answer(shape("GET", "/x") | {member: None})["statusCode"] == 200


@pytest.mark.parametrize("member", NULLS)
def test_a_member_that_netlify_leaves_out_counts_as_empty(member):
    event = netlify("GET", "/x")
    del event[member]

    assert answer(event)["statusCode"] == 200


@pytest.mark.parametrize("member", ["headers", "cookies", "body"])
def test_a_member_of_an_http_apis_event_that_is_null_counts_as_empty(member):
    assert answer(http_api("GET", "/x") | {member: None})["statusCode"] == 200


@SHAPES
@pytest.mark.parametrize("host", ["[::1]:80", "a:b", "a:1:2", "", ":", "a b", "🦊", "h:999999"])
def test_a_broken_host_does_no_harm(shape, host):
    assert answer(shape("GET", "/x", headers={"host": host}))["statusCode"] == 200


@SHAPES
@pytest.mark.parametrize("port", ["443, 80", "http", "", "-1", "٣"])
def test_a_broken_port_does_no_harm(shape, port):
    assert answer(shape("GET", "/x", headers={"x-forwarded-port": port}))["statusCode"] == 200


@pytest.mark.parametrize("shape", [rest_api, netlify])
def test_a_repeated_port_does_no_harm(shape):
    event = shape("GET", "/x", headers={"x-forwarded-port": "443"})
    event["multiValueHeaders"]["x-forwarded-port"] = ["443", "80"]

    assert answer(event)["statusCode"] == 200


@SHAPES
@pytest.mark.parametrize(
    "broken",
    [
        {"body": "%%%not base64%%", "isBase64Encoded": True},
        {"body": "abc", "isBase64Encoded": True},
        {"body": "🦊", "isBase64Encoded": True},
        {"body": {"title": "an object"}},
        {"body": 5},
        {"body": "\ud800"},
        {"headers": ["a", "b"]},
        {"headers": "text"},
        {"headers": {"x": "\ud800"}},
    ],
)
def test_an_event_that_cannot_be_read_is_the_callers_fault(shape, broken):
    assert answer(shape("POST", "/x") | broken)["statusCode"] in {200, 400}


@SHAPES
def test_what_cannot_be_read_is_told_as_a_problem(shape):
    response = answer(shape("POST", "/x") | {"headers": "text"})

    problem = json.loads(response["body"])
    assert response["headers"]["content-type"] == "application/problem+json"
    assert (problem["status"], problem["code"], problem["request_id"]) == (
        400,
        "request_malformed",
        REQUEST_ID,
    )


@SHAPES
@pytest.mark.parametrize(
    "path", ["", "/", "//", "/%", "/%FF", "/\x00", "/🦊", "/..", "/a%2Fb", "x", "\ud800"]
)
def test_a_strange_path_does_no_harm(shape, path):
    assert answer(shape("GET", path))["statusCode"] < 500


@given(JSON_VALUES)
def test_any_json_is_answered(event):
    assert answer(event)["statusCode"] < 500


REQUEST_MEMBERS = st.sampled_from(
    [
        "version",
        "resource",
        "path",
        "rawPath",
        "rawQueryString",
        "cookies",
        "requestContext",
        *NULLS,
    ]
)


@given(
    st.sampled_from([http_api, rest_api, netlify]), st.dictionaries(REQUEST_MEMBERS, JSON_VALUES)
)
def test_a_request_with_any_json_in_its_members_is_answered(shape, members):
    assert answer(shape("POST", "/x") | members)["statusCode"] < 500


def test_an_event_loop_run_elsewhere_in_the_process_does_no_harm():
    asyncio.run(asyncio.sleep(0))

    assert answer(http_api("GET", "/x"))["statusCode"] == 200


def test_two_handlers_in_one_process_do_not_disturb_each_other():
    statuses = [
        OTHER_HANDLER(http_api("GET", "/x"), LambdaContext())["statusCode"],
        answer(http_api("GET", "/x"))["statusCode"],
    ]

    assert statuses == [200, 200]
