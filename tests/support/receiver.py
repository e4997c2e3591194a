"""A receiver of webhooks on a free port of this machine, which answers what a test tells it to."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WITHIN_SECONDS = 20.0


@dataclass(frozen=True)
class Received:
    """One request; the names of its headers are in lower case."""

    path: str
    headers: dict[str, str]
    body: str


@dataclass
class Receiver:
    """Notes what it gets; `answers` are the next (status, body), the last one stays.

    A status of 0 means no answer until the receiver is closed.
    """

    url: str
    answers: list[tuple[int, str]] = field(default_factory=lambda: [(200, "")])
    received: list[Received] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def wait_for(self, count: int) -> list[Received]:
        """Everything that has come, as soon as it is so many."""
        deadline = time.monotonic() + WITHIN_SECONDS
        while len(self.received) < count:
            assert time.monotonic() < deadline, self.received
            time.sleep(0.01)
        return list(self.received)

    def next_answer(self) -> tuple[int, str]:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver for as long as the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.received.append(Received(self.path, headers, body))
            status, answer = receiver.next_answer()
            if status == 0:
                receiver.closing.wait()
                return
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer.encode())))
            self.end_headers()
            self.wfile.write(answer.encode())

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver = Receiver(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()
