"""How long one request waits for the database and for other services, and how long it still may.

Lambda ends a function at its timeout, whatever it does: the caller gets a bare 500 or 504. So all
waits of an invocation take from one budget, which ends a second earlier. What does not fit any more
raises TimeoutError, and is answered 503.
"""

from __future__ import annotations

import io
import math
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from threading import Event, Thread, Timer
from typing import Any, Literal, TypeVar

RESERVE_SECONDS = 1.0  # for a last word to the database, and for the answer
LAST_WORD_SECONDS = 0.5

T = TypeVar("T")
WaitedFor = Literal["database", "upstream"]
Waits = dict[WaitedFor, float]  # milliseconds

_waits: ContextVar[Waits | None] = ContextVar("waits", default=None)
_ends_at: ContextVar[float] = ContextVar("ends_at", default=math.inf)


def start() -> Waits:
    """Begin to count anew, for one request; the answer grows while it waits."""
    waits: Waits = {"database": 0.0, "upstream": 0.0}
    _waits.set(waits)
    return waits


@contextmanager
def budget(remaining_ms: float) -> Iterator[None]:
    """Let the waits inside the block end a second before Lambda ends the invocation."""
    token = _ends_at.set(time.monotonic() + remaining_ms / 1000 - RESERVE_SECONDS)
    try:
        yield
    finally:
        _ends_at.reset(token)


def seconds_left(at_most: float) -> float:
    """How long the next wait may take: `at_most`, or what is left of the budget if that is less.

    Raises TimeoutError when nothing is left.
    """
    left = min(at_most, _ends_at.get() - time.monotonic())
    if left <= 0:
        raise TimeoutError("the time of this invocation is used up")
    return left


def has_left(seconds: float) -> bool:
    """Whether the invocation may still wait for so many seconds in all."""
    return _ends_at.get() - time.monotonic() >= seconds


@contextmanager
def last_word() -> Iterator[None]:
    """Let the block wait for half a second, also where the budget is used up: from the reserve."""
    token = _ends_at.set(time.monotonic() + LAST_WORD_SECONDS)
    try:
        yield
    finally:
        _ends_at.reset(token)


@contextmanager
def waiting_for(what: WaitedFor) -> Iterator[None]:
    """Count the time inside the block; `upstream` is Stytch or Netlify."""
    begun = time.perf_counter()
    try:
        yield
    finally:
        if waits := _waits.get():
            waits[what] += (time.perf_counter() - begun) * 1000


def in_time(run: Callable[[], T], at_most: float) -> T:
    """What `run` answers; raises TimeoutError when it takes longer than the next wait may.

    It runs in a thread, and goes on there until it ends by itself: looking up a name, for one,
    cannot be cut.
    """
    seconds = seconds_left(at_most)
    outcome: list[T | BaseException] = []

    def work() -> None:
        try:
            outcome.append(run())
        except BaseException as error:
            outcome.append(error)

    thread = Thread(target=work, daemon=True)
    thread.start()
    thread.join(seconds)
    if not outcome:
        raise TimeoutError("this takes too long")
    if isinstance(outcome[0], BaseException):
        raise outcome[0]
    return outcome[0]


@contextmanager
def cut_after(seconds: float, connected: Callable[[], socket.socket | None]) -> Iterator[None]:
    """Shut the socket down when the block takes longer; raises TimeoutError then.

    The block itself may not notice: `http.client` takes a head that was cut for a whole one.
    """
    was_cut = Event()

    def cut() -> None:
        was_cut.set()
        if sock := connected():
            with suppress(OSError):  # the other side may have closed it already
                sock.shutdown(socket.SHUT_RDWR)

    timer = Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    except Exception as error:
        if was_cut.is_set():
            raise TimeoutError from error
        raise
    finally:
        timer.cancel()
    if was_cut.is_set():
        raise TimeoutError


class TimedReader(io.RawIOBase):
    """Reads a socket until `ends_at` (seconds of the monotonic clock), then raises TimeoutError.

    A socket's own timeout begins anew with every byte, and a timer would cost a thread each time.
    """

    def __init__(self, source: socket.socket) -> None:
        self._source = source
        self.ends_at = math.inf

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left = self.ends_at - time.monotonic()
        if left <= 0:
            raise TimeoutError("the answer takes too long")
        self._source.settimeout(None if left == math.inf else left)
        return self._source.recv_into(buffer)
