"""shared/auth/upstream_connection.py: one connection to each provider, from request to request."""

from __future__ import annotations

import http.client
import time

import pytest

from shared import process
from shared.auth import upstream_connection
from shared.auth.upstream_connection import Message, Origin, exchange
from tests.support.raw_server import RawServer, raw_server

ASK = Message("GET", "/path", {}, None)
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
GOODBYE = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{}"
HALF = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{"
NO_BODY = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"
CUT_HEAD = b"HTTP/1.1 200 OK\r\nContent-Le"
TOO_LARGE = b"HTTP/1.1 200 OK\r\nContent-Length: 1048577\r\n\r\n" + b" " * 1048577


@pytest.fixture(autouse=True)
def no_open_connection():
    process.forget()
    yield
    process.forget()


def ask(server: RawServer) -> bytes:
    return exchange(Origin("http", "127.0.0.1", server.port), ASK, answer_seconds=1).content


def test_two_requests_go_over_one_connection():
    with raw_server([[OK, OK]]) as server:
        answers = [ask(server), ask(server)]

    assert answers == [b"{}", b"{}"]
    assert server.requests_of_connections == [2]


def test_each_origin_has_a_connection_of_its_own():
    with raw_server([[OK, OK]]) as first, raw_server([[OK]]) as second:
        ask(first)
        ask(second)
        ask(first)

    assert (first.requests_of_connections, second.requests_of_connections) == ([2], [1])


def test_connection_that_the_server_has_closed_is_replaced():
    with raw_server([[OK], [OK]]) as server:
        ask(server)
        server.wait_until_closed()
        answer = ask(server)

    assert answer == b"{}"
    assert server.requests_of_connections == [1, 1]


def test_connection_that_the_server_says_it_will_close_is_not_kept():
    with raw_server([[GOODBYE], [OK]]) as server:
        ask(server)
        ask(server)

    assert server.requests_of_connections == [1, 1]


def test_connection_that_was_idle_for_long_is_replaced(monkeypatch):
    with raw_server([[OK, OK], [OK]]) as server:
        ask(server)
        half_a_minute_later = time.monotonic() + 30.1
        monkeypatch.setattr(time, "monotonic", lambda: half_a_minute_later)
        ask(server)

    assert server.requests_of_connections == [1, 1]


def test_connection_with_an_unread_answer_is_not_kept():
    with raw_server([[TOO_LARGE, OK], [OK]]) as server:
        with pytest.raises(http.client.IncompleteRead):
            ask(server)
        ask(server)

    assert server.requests_of_connections == [1, 1]


def test_request_that_was_sent_is_not_sent_again():
    with raw_server([[OK, b""], [OK]]) as server:
        ask(server)
        with pytest.raises(ConnectionError):
            ask(server)

    assert server.requests_of_connections == [2]


def test_request_of_which_a_part_was_not_sent_is_sent_over_a_new_connection(monkeypatch):
    with raw_server([[OK], [OK]]) as server:
        ask(server)
        server.wait_until_closed()
        monkeypatch.setattr(upstream_connection.UpstreamConnection, "is_usable", lambda _: True)
        answer = exchange_large(server)

    assert answer == b"{}"


def exchange_large(server: RawServer) -> bytes:
    """A request that is larger than what a socket takes at once, so that sending it can fail."""
    message = Message("POST", "/path", {}, b" " * (16 << 20))
    return exchange(Origin("http", "127.0.0.1", server.port), message, answer_seconds=5).content


@pytest.mark.parametrize("cut", [HALF, NO_BODY, CUT_HEAD, b""])
def test_answer_that_is_cut_is_no_answer(cut):
    with raw_server([[cut]]) as server, pytest.raises((http.client.HTTPException, OSError)):
        ask(server)


@pytest.mark.timeout(30)
def test_body_that_drips_until_the_server_closes_is_cut_in_time():
    with raw_server([[GOODBYE + b" " * 99999]]) as server:
        server.seconds_per_byte = 0.05
        with pytest.raises(TimeoutError):
            ask(server)


def test_a_process_that_forgets_closes_its_connections():
    with raw_server([[OK, OK], [OK]]) as server:
        ask(server)
        process.forget()
        ask(server)

    assert server.requests_of_connections == [1, 1]
