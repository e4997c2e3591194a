"""local/kit/exchange.py: requests that led to a function, kept to be looked at, and sent again."""

from __future__ import annotations

import asyncio

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from local.kit.exchange import MOST_BYTES, MOST_PAYLOAD_BYTES, Call, RecordExchanges
from local.kit.request_log import UNLOGGED_AGENT


async def calling(scope, receive, send):
    """An app that calls a function, and answers what it was sent."""
    body = await Request(scope, receive).body()
    Call("echo", b"{}", None).noted()
    await PlainTextResponse(body, 202, headers={"X-Mark": "yes"})(scope, receive, send)


async def not_calling(scope, receive, send):
    await PlainTextResponse("a file")(scope, receive, send)


@pytest.fixture
def recorded():
    return []


def ask(app, recorded, body=b"hello", headers=()):
    """Sends one request through the app at the port `web`; answers the door it came through."""
    door = RecordExchanges(app, "web", recorded.append)
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "path": "/api/things",
        "raw_path": b"/api/things",
        "query_string": b"page=2",
        "root_path": "",
        "scheme": "http",
        "headers": [(b"host", b"localhost"), *headers],
    }

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message):
        pass

    asyncio.run(door(scope, receive, send))
    return door


def test_a_request_is_kept_with_its_answer(recorded):
    ask(calling, recorded)

    [exchange] = recorded
    assert (exchange.method, exchange.target) == ("POST", "/api/things?page=2")
    assert bytes(exchange.body) == b"hello"
    assert (exchange.status, bytes(exchange.answer_body)) == (202, b"hello")
    assert ("x-mark", "yes") in exchange.answer_headers


def test_a_request_is_kept_with_the_call_of_its_function(recorded):
    ask(calling, recorded)

    assert recorded[0].call.function == "echo"


def test_a_request_has_come_before_its_call_and_that_before_the_answer(recorded):
    ask(calling, recorded)

    [exchange] = recorded
    assert exchange.arrived_at <= exchange.call.asked_at <= exchange.answered_at


def test_a_request_that_calls_no_function_is_not_kept(recorded):
    ask(not_calling, recorded)

    assert recorded == []


def test_a_health_check_is_not_kept(recorded):
    ask(calling, recorded, headers=[(b"user-agent", UNLOGGED_AGENT)])

    assert recorded == []


def test_a_call_outside_of_any_request_belongs_to_none():
    assert Call("echo", b"{}", None).noted().invocation is None


def test_a_request_can_be_sent_again(recorded):
    door = ask(calling, recorded)

    repeated = asyncio.run(door.again(recorded[0]))

    assert bytes(repeated.answer_body) == b"hello"
    assert [exchange.id for exchange in recorded] == [recorded[0].id, repeated.id]
    assert repeated.id != recorded[0].id


def test_of_a_body_that_is_too_large_the_beginning_is_kept(recorded):
    ask(calling, recorded, body=b"x" * (MOST_BYTES + 1))

    [exchange] = recorded
    assert len(exchange.body) == MOST_BYTES
    assert not exchange.can_be_repeated
    assert exchange.answer_size == MOST_BYTES + 1


def test_an_event_that_is_too_large_is_not_kept(recorded):
    async def calling_much(scope, receive, send):
        Call("echo", b"x" * (MOST_PAYLOAD_BYTES + 1), None).noted()
        await PlainTextResponse("done")(scope, receive, send)

    ask(calling_much, recorded)

    assert recorded[0].call.payload == b""
