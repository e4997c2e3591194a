"""Lambda's Runtime API for one process and one event, and what that process spent until then.

Source: AWS Lambda Developer Guide, "Using the Lambda runtime API for custom runtimes".
"""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

PREFIX = "/2018-06-01/runtime"
REQUEST_ID = "8d2bd1f4-9b1e-4a8a-9c77-0e8f7b5b7c11"
LONGEST_SECONDS = 60


class Moment(NamedTuple):
    """Seconds of the clock, and of the processor for the process, threads included."""

    wall: float
    cpu: float


class Visit:
    """When the process asked for its event, and when it had answered; `answer` is what it said."""

    def __init__(self, event: dict[str, Any]) -> None:
        self.event = json.dumps(event).encode()
        self.process_id = 0
        self.asked: Moment | None = None
        self.answered: Moment | None = None
        self.answer: dict[str, Any] = {}
        self.is_over = threading.Event()

    def now(self) -> Moment:
        # Linux's clock of another process: see clock_getcpuclockid(3).
        return Moment(time.perf_counter(), time.clock_gettime((~self.process_id << 3) | 2))


class RuntimeApi(ThreadingHTTPServer):
    """Serves one visit at a time on a loopback port."""

    daemon_threads = True
    visit: Visit

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, *_: object) -> None:
        """Nothing: the process is ended while it waits for a second event."""

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: RuntimeApi

    def do_GET(self) -> None:
        visit = self.server.visit
        if visit.asked is not None:
            visit.is_over.wait(LONGEST_SECONDS)  # there is no second event
            return
        visit.asked = visit.now()
        self.send_response(200)
        self.send_header("Lambda-Runtime-Aws-Request-Id", REQUEST_ID)
        self.send_header("Lambda-Runtime-Deadline-Ms", str(int(time.time() * 1000) + 15_000))
        self.send_header("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:measured")
        self._send(visit.event)

    def do_POST(self) -> None:
        visit = self.server.visit
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        visit.answered = visit.now()
        visit.answer = json.loads(body)
        self.send_response(202)
        self._send(b"{}")
        visit.is_over.set()

    def _send(self, body: bytes) -> None:
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: the table says it."""
