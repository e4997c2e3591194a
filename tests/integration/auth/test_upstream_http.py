"""shared/auth/upstream_http.py: one request to a provider, and every way in which it fails."""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest

from shared.auth import upstream_http
from shared.auth.upstream_connection import UPSTREAM_CONNECT_SECONDS
from shared.auth.upstream_http import Answer, request
from shared.errors import StytchUnavailable, Unavailable
from tests.support.upstreams import serving, static_answer


def ask(url, **options):
    return request(StytchUnavailable, "GET", f"{url}/path", headers={}, **options)


def answered(status, body, **headers):
    with serving(static_answer(status, body, **headers)) as service:
        return ask(service.url)


def test_status_and_object_are_answered():
    assert answered(200, '{"a": 1}') == Answer(200, {"a": 1})


@pytest.mark.parametrize("status", [301, 302, 400, 401, 403, 404, 409, 422])
def test_any_status_below_500_but_429_is_an_answer(status):
    assert answered(status, '{"code": "x"}') == Answer(status, {"code": "x"})


@pytest.mark.parametrize("body", ["", "<html>", "[]", "null", "\x00"])
def test_a_refusal_without_an_object_is_a_refusal(body):
    assert answered(404, body) == Answer(404, {})


@pytest.mark.parametrize("body", ["<html>", "[]", "null", '"text"', "{", "[" * 100_000])
def test_a_success_that_is_no_object_cannot_be_used(body):
    with pytest.raises(Unavailable) as failed:
        answered(200, body)

    assert failed.value.code == "stytch_unavailable"


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_service_in_trouble_gives_no_answer(status):
    with pytest.raises(Unavailable):
        answered(status, "{}")


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ({"Retry_After": "17"}, 17),
        ({}, 5),
        ({"Retry_After": "Wed, 21 Oct 2026 07:28:00 GMT"}, 5),
        ({"Retry_After": "²"}, 5),
        ({"Retry_After": "9" * 5000}, 5),
    ],
)
def test_the_services_own_word_on_when_to_try_again_is_passed_on(header, seconds):
    with pytest.raises(Unavailable) as failed:
        answered(503, "{}", **header)

    assert failed.value.retry_after == seconds


def test_nothing_of_what_the_service_says_is_repeated():
    with pytest.raises(Unavailable) as failed:
        answered(500, '{"error_message": "hush"}')

    assert "hush" not in str(failed.value)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9",
        "http://[",
        "http://127.0.0.1:port",
        "http://a..b",
        "http://",
        "nonsense",
    ],
)
def test_a_service_that_cannot_be_reached_gives_no_answer(url):
    with pytest.raises(Unavailable):
        ask(url)


def test_a_service_that_never_answers_gives_no_answer(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        monkeypatch.setattr(upstream_http, "UPSTREAM_ANSWER_SECONDS", 0.05)
        with pytest.raises(Unavailable):
            ask(f"http://127.0.0.1:{listener.getsockname()[1]}")


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"HTTP/1.1 204 No Con",
        b"HTTP/1.1 204 No Content\r\nDate: S",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        bytes(range(256)),
    ],
)
def test_a_head_that_was_cut_or_is_none_is_no_answer(head):
    with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor(1) as pool:
        pool.submit(answer_once, listener, head)

        with pytest.raises(Unavailable):
            ask(f"http://127.0.0.1:{listener.getsockname()[1]}")


def answer_once(listener, octets):
    """Answer the next request with these octets, and hang up."""
    connection, _ = listener.accept()
    with connection:
        connection.recv(1 << 16)
        connection.sendall(octets)


def test_a_service_that_drips_gives_no_answer(monkeypatch):
    monkeypatch.setattr(upstream_http, "UPSTREAM_ANSWER_SECONDS", 0.3)

    with serving(lambda _url: dripping) as service, pytest.raises(Unavailable):
        ask(service.url)


async def dripping(scope, receive, send):
    """An answer of ten bytes, each well within the time for one."""
    headers = [(b"content-length", b"10")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    for byte in (b"{", b'"', b"a", b'"', b":", b" ", b" ", b" ", b"1", b"}"):
        await asyncio.sleep(0.1)
        await send({"type": "http.response.body", "body": byte, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


def test_a_connection_is_waited_for_2_seconds_and_an_answer_for_4():
    assert (UPSTREAM_CONNECT_SECONDS, upstream_http.UPSTREAM_ANSWER_SECONDS) == (2.0, 4.0)


def test_redirects_are_not_followed():
    with serving(static_answer(302, "{}", Location="/elsewhere")) as service:
        ask(service.url)

    assert service.calls == ["GET /path"]


def test_a_body_is_sent_as_json():
    with serving(static_answer(200, "{}")) as service:
        request(
            StytchUnavailable, "POST", f"{service.url}/path?a=b", headers={}, body={"token": "Zoë"}
        )

    assert service.calls == ["POST /path"]
