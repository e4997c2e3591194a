"""shared/stopwatch.py: one budget of time for all waits of an invocation."""

from __future__ import annotations

import io
import math
import socket
import threading
from collections.abc import Iterator

import pytest

from shared import stopwatch

WITHIN = 0.2  # seconds


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Two ends of one connection."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def in_an_invocation(remaining_ms, ask):
    """What `ask` answers in an invocation that Lambda ends in so many milliseconds."""
    with stopwatch.budget(remaining_ms):
        return ask()


def test_without_a_budget_a_wait_may_take_its_own_time():
    assert stopwatch.seconds_left(4.0) == 4.0


def test_a_wait_may_take_no_more_than_its_own_time():
    assert in_an_invocation(15_000, lambda: stopwatch.seconds_left(4.0)) == 4.0


def test_a_wait_may_take_what_is_left_a_second_before_lambda_ends_the_function():
    left = in_an_invocation(3000, lambda: stopwatch.seconds_left(4.0))

    assert 1.5 < left <= 2.0


@pytest.mark.parametrize("remaining_ms", [1000, 500, 0, -5])
def test_when_nothing_is_left_no_wait_begins(remaining_ms):
    with pytest.raises(TimeoutError):
        in_an_invocation(remaining_ms, lambda: stopwatch.seconds_left(4.0))


def test_a_context_that_does_not_end_sets_no_limit():
    assert in_an_invocation(math.inf, lambda: stopwatch.seconds_left(4.0)) == 4.0


def test_after_the_invocation_the_next_has_its_own_time():
    with pytest.raises(TimeoutError):
        in_an_invocation(0, lambda: stopwatch.seconds_left(4.0))

    assert stopwatch.seconds_left(4.0) == 4.0


def drip(end, stop):
    """Send a byte every few milliseconds, until `stop`."""
    while not stop.wait(0.02):
        end.sendall(b"x")


def test_an_answer_that_drips_ends_at_its_point_in_time(pair):
    ours, theirs = pair
    stop = threading.Event()
    dripping = threading.Thread(target=drip, args=(theirs, stop))
    dripping.start()
    reader = stopwatch.TimedReader(ours)
    reader.ends_at = stopwatch.time.monotonic() + WITHIN

    with pytest.raises(TimeoutError):
        io.BufferedReader(reader).read(10_000)

    stop.set()
    dripping.join()


def test_an_answer_that_is_complete_is_read(pair):
    ours, theirs = pair
    theirs.sendall(b"whole")

    assert io.BufferedReader(stopwatch.TimedReader(ours)).read(5) == b"whole"


def test_a_connection_is_cut_when_its_block_takes_too_long(pair):
    ours, _ = pair

    with pytest.raises(TimeoutError), stopwatch.cut_after(0.05, lambda: ours):
        ours.recv(1)


def test_a_block_that_ends_in_time_is_not_disturbed(pair):
    ours, theirs = pair

    with stopwatch.cut_after(5, lambda: ours):
        theirs.sendall(b"x")

    assert ours.recv(1) == b"x"


def test_another_failure_stays_what_it_is(pair):
    ours, _ = pair

    with pytest.raises(KeyError), stopwatch.cut_after(5, lambda: ours):
        raise KeyError


def test_what_ends_in_time_is_answered():
    assert stopwatch.in_time(lambda: 7, at_most=5) == 7


def test_what_fails_in_time_fails():
    with pytest.raises(ZeroDivisionError):
        stopwatch.in_time(lambda: 1 / 0, at_most=5)


def test_what_takes_too_long_is_not_waited_for():
    over = threading.Event()

    with pytest.raises(TimeoutError):
        stopwatch.in_time(over.wait, at_most=0.05)

    over.set()


def test_what_has_no_time_left_does_not_begin():
    with pytest.raises(TimeoutError):
        in_an_invocation(900, lambda: stopwatch.in_time(lambda: pytest.fail("begun"), at_most=5))


def in_the_last_word(remaining_ms):
    with stopwatch.budget(remaining_ms), stopwatch.last_word():
        return stopwatch.seconds_left(4.0)


@pytest.mark.parametrize("remaining_ms", [15_000, 1000, 0])
def test_a_last_word_has_half_a_second_in_any_case(remaining_ms):
    assert 0.3 < in_the_last_word(remaining_ms) <= 0.5
