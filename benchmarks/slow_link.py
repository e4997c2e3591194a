"""A way to the database that takes some milliseconds, and counts how often it was waited for."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from types import TracebackType

from tests.support.tls_database import HOST

CHUNK = 1 << 16


class SlowLink:
    """Forwards connections to a port; each direction takes half of `milliseconds`.

    A turn is counted whenever the client speaks after the server has: that is a round trip. So is
    connecting itself.
    """

    def __init__(self, port: int, milliseconds: float) -> None:
        self._target = port
        self._delay = milliseconds / 2000
        self._listener = socket.create_server((HOST, 0))
        self._sockets: list[socket.socket] = []
        self.turns = 0
        self.port: int = self._listener.getsockname()[1]

    def __enter__(self) -> SlowLink:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for one in (self._listener, *self._sockets):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self) -> None:
        with suppress(OSError):  # the listener is closed at the end
            while True:
                client, _ = self._listener.accept()
                time.sleep(2 * self._delay)
                server = socket.create_connection((HOST, self._target))
                self._sockets += [client, server]
                self.turns += 1
                spoken = _Spoken()
                for pair in ((client, server, True), (server, client, False)):
                    threading.Thread(
                        target=self._forward, args=(*pair, spoken), daemon=True
                    ).start()

    def _forward(
        self, source: socket.socket, target: socket.socket, by_client: bool, spoken: _Spoken
    ) -> None:
        with suppress(OSError):  # either side may hang up
            while data := source.recv(CHUNK):
                if by_client and spoken.last_was_server:
                    self.turns += 1
                spoken.last_was_server = not by_client
                time.sleep(self._delay)
                target.sendall(data)


class _Spoken:
    """Who spoke last on a connection."""

    last_was_server = False
