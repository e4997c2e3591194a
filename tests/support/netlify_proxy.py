"""What stands between a site and GoTrue at Netlify: it names the site to GoTrue in a header."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests

PREFIX = "/.netlify/identity"
FOR_ONE_CONNECTION = frozenset(
    {"connection", "content-length", "date", "server", "transfer-encoding"}
)


@contextmanager
def proxied(upstream: str, headers: Mapping[str, str]) -> Iterator[str]:
    """The public address of a site's Identity, for as long as the block runs."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def forward(self) -> None:
            answer = requests.request(
                self.command,
                upstream + self.path.removeprefix(PREFIX),
                data=self.rfile.read(int(self.headers.get("Content-Length", "0"))),
                headers={**self._sent(), **headers},
                allow_redirects=False,
                timeout=10,
            )
            self.send_response(answer.status_code)
            for name, value in answer.headers.items():
                if name.lower() not in FOR_ONE_CONNECTION:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        def _sent(self) -> dict[str, str]:
            return {name: value for name, value in self.headers.items() if name.lower() != "host"}

        # http.server has these names
        do_GET = do_HEAD = do_OPTIONS = do_POST = do_PUT = do_DELETE = forward  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{PREFIX}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
