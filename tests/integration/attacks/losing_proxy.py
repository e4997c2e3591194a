"""A network between the functions and the database that loses answers when told to."""

from __future__ import annotations

import select
import socket
from contextlib import suppress
from threading import Thread

_CHUNK = 1 << 16  # bytes


class LosingProxy:
    """Passes bytes between MySQL clients and the Unix socket of a server."""

    def __init__(self, server_socket: str) -> None:
        self._server_socket = server_socket
        self._to_lose: bytes | None = None
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._threads = [Thread(target=self._accept)]
        self._threads[0].start()

    def lose_next_answer_to(self, statement: bytes) -> None:
        """Let the next packet with these words run, then cut the connection without an answer."""
        self._to_lose = statement

    def close(self) -> None:
        """Accept nobody any more, and wait until everybody has hung up."""
        self._listener.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                self._threads.append(Thread(target=self._serve, args=[client]))
                self._threads[-1].start()

    def _serve(self, client: socket.socket) -> None:
        with client, socket.socket(socket.AF_UNIX) as server, suppress(OSError):
            server.connect(self._server_socket)
            self._relay(client, server)

    def _relay(self, client: socket.socket, server: socket.socket) -> None:
        while True:
            readable, _, _ = select.select([client, server], [], [])
            source, sink = (client, server) if client in readable else (server, client)
            data = source.recv(_CHUNK)
            if not data:
                return
            sink.sendall(data)
            if source is client and self._is_lost(data):
                server.recv(_CHUNK)
                return

    def _is_lost(self, query: bytes) -> bool:
        if self._to_lose is None or self._to_lose not in query:
            return False
        self._to_lose = None
        return True
