"""shared/auth/stytch/client.py: the SDK's connection, from request to request."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from shared.auth.stytch import client
from shared.errors import StytchUnavailable
from tests.support.configuration import Configure
from tests.support.raw_server import RawServer, raw_server

BODY = b'{"status_code": 404, "request_id": "request-1", "error_type": "user_not_found"}'
NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: %d\r\n\r\n%s" % (len(BODY), BODY)


@pytest.fixture
def stytch(configure: Configure) -> Iterator[RawServer]:
    """A Stytch that answers two requests on each connection."""
    with raw_server([[NOT_FOUND, NOT_FOUND]] * 2) as server:
        configure(STYTCH_BASE_URL=f"http://127.0.0.1:{server.port}")
        yield server


def ask_for_a_user() -> None:
    with pytest.raises(StytchUnavailable):
        client.call(lambda sdk: sdk.users.get("user-test-1"))


def test_two_calls_go_over_one_connection(stytch: RawServer) -> None:
    ask_for_a_user()
    ask_for_a_user()

    assert stytch.requests_of_connections == [2]


def test_connection_that_was_idle_for_long_is_replaced(
    stytch: RawServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_for_a_user()
    half_a_minute_later = time.monotonic() + 30.1
    monkeypatch.setattr(time, "monotonic", lambda: half_a_minute_later)
    ask_for_a_user()

    assert stytch.requests_of_connections == [1, 1]
