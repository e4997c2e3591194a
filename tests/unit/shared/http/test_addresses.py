"""Addresses in answers exist, on every event shape: stage and base path are part of them."""

from __future__ import annotations

import pytest
from starlette.responses import JSONResponse
from starlette.routing import Route

from shared.application import application
from shared.http.call_state import address_of, same_address_with
from tests.support.events import LambdaContext, http_api, netlify, rest_api
from tests.support.lasting import lasting_handler


async def addresses(request):
    return JSONResponse([address_of(request, "/issues/7"), same_address_with(request, after="x")])


@pytest.fixture
def answer(configure):
    """What a function says of its addresses."""
    configure()
    routes = [Route("/issues", addresses)]
    handler = lasting_handler(application("get", routes, default="/issues"))
    return lambda event: handler(event, LambdaContext())["body"]


def of_stage(event, stage, path):
    """The event as API Gateway sends it for a stage; `path` is what `requestContext` shows."""
    return event | {"requestContext": event["requestContext"] | {"stage": stage, "path": path}}


@pytest.mark.parametrize(
    ("event", "resource", "next_page"),
    [
        (http_api("GET", "/api/issues"), "/api/issues/7", "/api/issues?after=x"),
        (http_api("GET", "/prod/api/issues"), "/prod/api/issues/7", "/prod/api/issues?after=x"),
        (http_api("GET", "/v1/api/issues"), "/v1/api/issues/7", "/v1/api/issues?after=x"),
        (netlify("GET", "/api/issues"), "/api/issues/7", "/api/issues?after=x"),
        (
            netlify("GET", "/.netlify/functions/get/issues"),
            "/api/issues/7",
            "/.netlify/functions/get/issues?after=x",
        ),
        (
            netlify("GET", "/.netlify/functions/get"),
            "/api/issues/7",
            "/.netlify/functions/get/issues?after=x",
        ),
        (
            of_stage(rest_api("GET", "/api/issues"), "prod", "/prod/api/issues"),
            "/prod/api/issues/7",
            "/prod/api/issues?after=x",
        ),
        (
            of_stage(rest_api("GET", "/v1/api/issues"), "prod", "/v1/api/issues"),
            "/v1/api/issues/7",
            "/v1/api/issues?after=x",
        ),
    ],
)
def test_the_addresses_are_those_that_the_caller_has_to_ask_for(answer, event, resource, next_page):
    assert answer(event) == f'["{resource}","{next_page}"]'


@pytest.mark.parametrize("host", ["[::1]", "[::1]:8888", "a b", "", "a:b:c", "x" * 300])
@pytest.mark.parametrize("shape", [http_api, rest_api, netlify])
def test_an_odd_host_does_no_harm(answer, shape, host):
    event = shape("GET", "/api/issues", headers={"host": host, "x-forwarded-proto": "x"})

    assert answer(event) == '["/api/issues/7","/api/issues?after=x"]'


def test_what_stands_in_the_query_stays(answer):
    event = http_api("GET", "/api/issues", "status=in%20progress&after=old")

    assert answer(event) == '["/api/issues/7","/api/issues?status=in+progress&after=x"]'
