"""A network between the functions and a service, which becomes slow when it is told to."""

from __future__ import annotations

import select
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

CHUNK = 1 << 16  # bytes
SETTLED_SECONDS = 0.01  # after which an answer is taken for a whole one
FOR_EVER = 3600.0  # seconds; every caller hangs up before

# What is done with the bytes of an answer: they are sent, and seconds waited for.
Pace = Callable[[bytes], Iterator[bytes | float]]


def late(answer: bytes) -> Iterator[bytes | float]:
    """A part of a second, which is harmless once, and too much three times."""
    yield 0.7
    yield answer


def drip(answer: bytes) -> Iterator[bytes | float]:
    for byte in answer:
        yield bytes([byte])
        yield 1.0


def hang_in_head(answer: bytes) -> Iterator[bytes | float]:
    yield answer[:3]
    yield FOR_EVER


def hang_in_body(answer: bytes) -> Iterator[bytes | float]:
    """Of HTTP all of the head, of MySQL a packet's head, and a part of what follows."""
    head, end_of_head, body = answer.partition(b"\r\n\r\n")
    yield head + end_of_head + body[:1] if end_of_head else answer[:6]
    yield FOR_EVER


class SlowNetwork:
    """Passes bytes between clients and a service; `connect` opens a connection to the service."""

    def __init__(self, connect: Callable[[], socket.socket]) -> None:
        self._connect = connect
        self._pace: Pace | None = None
        self._words = b""
        self._clients: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def slow_down(self, pace: Pace, words: bytes = b"") -> None:
        """From now on, or from the next request with these words, every answer comes like this."""
        self._words, self._pace = words, pace

    def heal(self) -> None:
        """Pass everything on again, over new connections."""
        self._pace = None
        for client in list(self._clients):
            with suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._listener.close()
        self.heal()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                self._clients.add(client)
                threading.Thread(target=self._serve, args=[client], daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client, self._connect() as service, suppress(OSError):
            self._relay(client, service)
        self._clients.discard(client)

    def _relay(self, client: socket.socket, service: socket.socket) -> None:
        while True:
            if client in select.select([client, service], [], [])[0]:
                request = client.recv(CHUNK)
                if not request:
                    return
                if self._words in request:
                    self._words = b""
                service.sendall(request)
            else:
                answer = _read_answer(service)
                if not answer or not self._send(client, answer):
                    return

    def _send(self, client: socket.socket, answer: bytes) -> bool:
        """Send it at the pace of now; False when the client hangs up meanwhile."""
        pace = None if self._words else self._pace
        for part in [answer] if pace is None else pace(answer):
            if isinstance(part, bytes):
                client.sendall(part)
            elif _hangs_up_within(client, part):
                return False
        return True


def to_port(port: int) -> Callable[[], socket.socket]:
    return lambda: socket.create_connection(("127.0.0.1", port))


def to_path(path: str) -> Callable[[], socket.socket]:
    def connect() -> socket.socket:
        service = socket.socket(socket.AF_UNIX)
        service.connect(path)
        return service

    return connect


def _read_answer(service: socket.socket) -> bytes:
    """What has come at once, such as head and body; empty when the service hung up."""
    answer = chunk = service.recv(CHUNK)
    while chunk and select.select([service], [], [], SETTLED_SECONDS)[0]:
        chunk = service.recv(CHUNK)
        answer += chunk
    return answer


def _hangs_up_within(client: socket.socket, seconds: float) -> bool:
    ends_at = time.monotonic() + seconds
    while (left := ends_at - time.monotonic()) > 0:
        if select.select([client], [], [], left)[0] and not client.recv(CHUNK):
            return True
    return False
