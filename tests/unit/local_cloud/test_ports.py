"""Which ports the local cloud gets when some are taken."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from local.kit.ports import Listener, claim_ports


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program listens on."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def close(listeners: dict[str, Listener]) -> None:
    for listener in listeners.values():
        for bound in listener.sockets:
            bound.close()


def test_free_port_is_used_as_it_is(taken: int) -> None:
    first = claim_ports({"web": 0})
    close(first)

    second = claim_ports({"web": first["web"].port})
    close(second)

    assert second["web"].port == first["web"].port
    assert not second["web"].moved


def test_taken_port_moves_upwards(taken: int) -> None:
    listeners = claim_ports({"web": taken})
    close(listeners)

    assert listeners["web"].port > taken
    assert listeners["web"].moved


def test_moved_port_does_not_take_the_one_another_part_wants(taken: int) -> None:
    listeners = claim_ports({"web": taken, "aws": taken + 1})
    close(listeners)

    assert listeners["web"].port != taken + 1


def test_two_parts_that_want_the_same_port_get_different_ones() -> None:
    free = claim_ports({"web": 0})
    close(free)
    wanted = free["web"].port

    listeners = claim_ports({"web": wanted, "aws": wanted})
    close(listeners)

    assert listeners["web"].port == wanted
    assert listeners["aws"].moved


def test_any_free_port_counts_as_wanted() -> None:
    listeners = claim_ports({"web": 0})
    close(listeners)

    assert not listeners["web"].moved


def test_port_is_bound_on_loopback_only() -> None:
    listeners = claim_ports({"web": 0})
    hosts = {bound.getsockname()[0] for bound in listeners["web"].sockets}
    close(listeners)

    assert hosts <= {"127.0.0.1", "::1"}
    assert "127.0.0.1" in hosts


def test_order_of_the_parts_is_kept(taken: int) -> None:
    listeners = claim_ports({"web": taken, "aws": 0})
    close(listeners)

    assert list(listeners) == ["web", "aws"]
