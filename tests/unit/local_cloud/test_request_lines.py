"""The terminal's line of a request."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from starlette.responses import PlainTextResponse

from local.cloud.request_lines import RequestWords, short_person, words_of
from local.kit.exchange import Call, Exchange, RecordExchanges
from local.kit.invocation import Invocation, Phase
from local.kit.request_log import Answered

ID = "f47a52b9-d1dd-4675-bd22-1262628a2720"
LINE = {"request_id": "5b1c", "method": "GET", "route": "/issues/{id}", "status": 200, "code": None}


def exchange_of(door: str = "web", cold: bool = False, **line: Any) -> Exchange:
    """A request that led to the function `get`, which wrote this line of it."""
    phases = (Phase("cold start", 1000.0, 1812.4),) if cold else ()
    text = json.dumps({**LINE, **line})
    invocation = Invocation("5b1c", b"{}", None, b"", phases, log_lines=(text,))
    scope = {"method": "GET", "raw_path": b"/api/issues/5", "query_string": b"token=secret"}
    recorder = RecordExchanges(PlainTextResponse("x"), door, lambda _: None)
    call = Call("get", b"{}", None, invocation=invocation)
    return Exchange(recorder, scope, status=200, call=call)


ANSWERED = Answered("GET", "/api/issues/5", 200, 14)


def test_line_has_time_method_path_status_and_milliseconds() -> None:
    line = RequestWords("GET", "/api/issues/5", 200, 14).line(0)

    assert re.fullmatch(r"\d\d:\d\d:\d\d GET    /api/issues/5 {20}200   14 ms", line)


def test_request_of_a_function_names_it_and_the_person_without_an_address() -> None:
    words = words_of(ANSWERED, exchange_of(principal=f"netlify:{ID}"))

    assert words == RequestWords("GET", "/api/issues/5", 200, 14, ("get", "netlify:f47a52b9"))


def test_cold_start_is_told_with_its_milliseconds() -> None:
    assert words_of(ANSWERED, exchange_of(cold=True)).about == ("get", "cold start 812 ms")


def test_refusal_is_told_with_its_code() -> None:
    refused = Answered("GET", "/api/issues/5", 404, 3)

    words = words_of(refused, exchange_of(status=404, code="issue_not_found"))

    assert (words.status, words.about) == (404, ("get", "issue_not_found"))


def test_call_of_the_invoke_api_is_told_as_what_the_function_saw() -> None:
    invoked = Answered("POST", "/2015-03-31/functions/get/invocations", 200, 9)

    words = words_of(invoked, exchange_of("lambda", status=404, principal=f"netlify:{ID}"))

    assert words == RequestWords("INVOKE", "get GET /issues/{id}", 404, 9, ("netlify:f47a52b9",))


def test_file_has_no_more_than_the_request_itself() -> None:
    assert words_of(ANSWERED, None) == RequestWords("GET", "/api/issues/5", 200, 14)


@pytest.mark.parametrize(
    ("principal", "shown"),
    [
        (f"netlify:{ID}", "netlify:f47a52b9"),
        (f"stytch:user-test-{ID}", "stytch:f47a52b9"),
        (f"stytch:user-live-{ID}", "stytch:f47a52b9"),
        ("netlify:short", "netlify:short"),
    ],
)
def test_person_is_the_provider_and_the_first_of_the_id(principal: str, shown: str) -> None:
    assert short_person(principal) == shown
