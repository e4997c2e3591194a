"""A server that answers with given bytes, whatever it is asked, and counts its connections."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import takewhile


class RawServer:
    """Answers the n-th request of the m-th connection with `answers[m][n]`, then closes it.

    With `seconds_per_byte` a body is sent byte by byte.
    """

    def __init__(self, answers: Sequence[Sequence[bytes]]) -> None:
        self.requests_of_connections: list[int] = []
        self.seconds_per_byte = 0.0
        self._answers = answers
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._connections: list[socket.socket] = []
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    @property
    def port(self) -> int:
        return self._listener.getsockname()[1]

    def wait_until_closed(self) -> None:
        """Until a connection has been closed by this side."""
        assert self._closed.wait(5)

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        for connection in self._connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()

    def _serve(self) -> None:
        threads = []
        for answers in self._answers:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                break
            number = len(self.requests_of_connections)
            self.requests_of_connections.append(0)
            self._connections.append(connection)
            threads.append(
                threading.Thread(target=self._answer, args=(number, connection, answers))
            )
            threads[-1].start()
        for thread in threads:
            thread.join()

    def _answer(self, number: int, connection: socket.socket, answers: Sequence[bytes]) -> None:
        with connection, suppress(OSError):
            for answer in answers:
                if not _has_request(connection):
                    return
                self.requests_of_connections[number] += 1
                self._send(connection, answer)
        self._closed.set()

    def _send(self, connection: socket.socket, answer: bytes) -> None:
        if not self.seconds_per_byte:
            connection.sendall(answer)
            return
        head, end_of_head, body = answer.partition(b"\r\n\r\n")
        connection.sendall(head + end_of_head)
        for byte in body:
            connection.sendall(bytes([byte]))
            time.sleep(self.seconds_per_byte)


def _has_request(connection: socket.socket) -> bool:
    """Reads one request, with its body."""
    with connection.makefile("rb") as stream:
        head = b"".join(takewhile(lambda line: line != b"\r\n", stream))
        length = re.search(rb"(?i)^content-length: (\d+)", head, re.MULTILINE)
        stream.read(int(length[1]) if length else 0)
    return bool(head)


@contextmanager
def raw_server(answers: Sequence[Sequence[bytes]]) -> Iterator[RawServer]:
    """A server for the block; `answers` has a list for each connection that it accepts."""
    server = RawServer(answers)
    try:
        yield server
    finally:
        server.close()
