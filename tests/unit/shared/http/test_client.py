"""shared/http/client.py: where a request came from."""

from __future__ import annotations

import pytest

from shared.http.client import network
from tests.support.requests_of import request_with


def test_the_caller_is_known_by_address():
    assert network(request_with(client=("198.51.100.7", 0))) == "198.51.100.7"


@pytest.mark.parametrize("client", [None, (None, 0), ("", 0)])
def test_a_caller_without_an_address_is_counted_with_all_such(client):
    assert network(request_with(client=client)) == "unknown"


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("not an address", "not an address"),
        (None, "unknown"),
    ],
)
def test_a_client_is_its_ipv4_address_or_its_ipv6_network(host, counted):
    request = request_with(client=(host, 0) if host else None)

    assert network(request) == counted
