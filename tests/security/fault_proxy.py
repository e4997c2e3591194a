"""A network between the functions and one service, which spoils answers when it is told to."""

from __future__ import annotations

import re
import select
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

CHUNK = 1 << 16  # bytes
SETTLED_SECONDS = 0.005  # after which an answer of MySQL's is taken for a whole one

# What is done with an answer: bytes are sent, and seconds waited for.
Spoil = Callable[[bytes], Iterator[bytes | float]]
ReadAnswer = Callable[[socket.socket], bytes]


class FaultProxy:
    """Passes bytes between clients and a service; `connect` opens a connection to the service."""

    def __init__(self, connect: Callable[[], socket.socket], read_answer: ReadAnswer) -> None:
        self._connect = connect
        self._read_answer = read_answer
        self._spoil: Spoil | None = None
        self._clients: set[socket.socket] = set()
        self._listener = self._listen(0)
        self.port: int = self._listener.getsockname()[1]

    def spoil(self, spoil: Spoil) -> None:
        """Do this with every answer from now on, also on connections that are open."""
        self._spoil = spoil

    def drop(self) -> None:
        """End the connections that are open."""
        for client in list(self._clients):
            _shut(client)

    def close(self) -> None:
        """Let nobody connect any more, and end the connections."""
        _shut(self._listener)
        self._listener.close()
        self.drop()

    def heal(self) -> None:
        """Pass everything on again, over new connections."""
        self._spoil = None
        self.drop()
        if self._listener.fileno() < 0:
            self._listener = self._listen(self.port)

    def _listen(self, port: int) -> socket.socket:
        listener = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self._accept, args=[listener], daemon=True).start()
        return listener

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                self._clients.add(client)
                threading.Thread(target=self._serve, args=[client], daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        try:
            with client, self._connect() as service, suppress(OSError):
                self._relay(client, service)
        finally:
            self._clients.discard(client)

    def _relay(self, client: socket.socket, service: socket.socket) -> None:
        while True:
            readable, _, _ = select.select([client, service], [], [])
            if client in readable:
                request = client.recv(CHUNK)
                if not request:
                    return
                service.sendall(request)
            else:
                answer = self._read_answer(service)
                if not answer or not self._answer(client, answer):
                    return

    def _answer(self, client: socket.socket, answer: bytes) -> bool:
        """Send it, spoilt or not; False when the connection ends with it."""
        if self._spoil is None:
            client.sendall(answer)
            return True
        sent = b""
        for part in self._spoil(answer):
            if isinstance(part, bytes):
                client.sendall(part)
                sent += part
            elif _hangs_up_within(client, part):
                return False
        return sent == answer


def to_port(port: int) -> Callable[[], socket.socket]:
    return lambda: socket.create_connection(("127.0.0.1", port))


def to_path(path: str) -> Callable[[], socket.socket]:
    def connect() -> socket.socket:
        service = socket.socket(socket.AF_UNIX)
        service.connect(path)
        return service

    return connect


def read_http_answer(service: socket.socket) -> bytes:
    """A whole answer with a Content-Length, or without a body; empty when the service hung up."""
    answer = b""
    while b"\r\n\r\n" not in answer:
        chunk = service.recv(CHUNK)
        if not chunk:
            return answer
        answer += chunk
    head, _, _ = answer.partition(b"\r\n\r\n")
    length = re.search(rb"(?im)^content-length: *(\d+)", head)
    whole = len(head) + 4 + (int(length[1]) if length else 0)
    while len(answer) < whole and (chunk := service.recv(CHUNK)):
        answer += chunk
    return answer


def read_mysql_answer(service: socket.socket) -> bytes:
    """All packets that have come at once; empty when the service hung up."""
    answer = service.recv(CHUNK)
    while answer and select.select([service], [], [], SETTLED_SECONDS)[0]:
        chunk = service.recv(CHUNK)
        if not chunk:
            break
        answer += chunk
    return answer


def _hangs_up_within(client: socket.socket, seconds: float) -> bool:
    """Wait so long; True as soon as the client has hung up."""
    ends_at = time.monotonic() + seconds
    while (left := ends_at - time.monotonic()) > 0:
        readable, _, _ = select.select([client], [], [], left)
        if readable and not client.recv(CHUNK):
            return True
    return False


def _shut(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)
