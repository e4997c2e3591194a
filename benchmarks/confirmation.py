"""Who is asked, and how often, for a request: the database, and the provider that confirms a token.

The provider is a small Identity over verified TLS, behind a link that counts round trips.
"""

from __future__ import annotations

import json
import ssl
import tempfile
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import jwt

from benchmarks import counting
from benchmarks.contenders import OURS, Workshop
from benchmarks.limits import Limit
from benchmarks.scenarios import LIST_10, calls_of
from benchmarks.server import Server
from benchmarks.site import identity_site
from benchmarks.slow_link import SlowLink
from benchmarks.table import table
from tests.support.tls_database import HOST

REQUESTS = 50
CASES: dict[str, dict[str, str]] = {
    "a token that is checked here": {},
    "a token that its provider confirms": {"CONFIRM": "always"},
}


class Asked(NamedTuple):
    """Calls of the provider, round trips to it, and round trips to the database."""

    calls: int
    provider_turns: int
    database_turns: int


class Identity(ThreadingHTTPServer):
    """Answers `GET /user` with the person of the bearer, as GoTrue does, and counts."""

    daemon_threads = True

    def __init__(self, certificate: Path) -> None:
        super().__init__((HOST, 0), _Handler)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
        self.socket = context.wrap_socket(
            self.socket, server_side=True, do_handshake_on_connect=False
        )
        self.calls = 0
        threading.Thread(target=self.serve_forever, daemon=True).start()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Identity

    def do_GET(self) -> None:
        self.server.calls += 1
        body = json.dumps(_user(self.headers["Authorization"].removeprefix("Bearer "))).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
        self.wfile.write(f"{head}\r\n\r\n".encode() + body)

    def log_message(self, *_: object) -> None:
        """Nothing: the table says it."""


def _user(token: str) -> dict[str, Any]:
    claims = jwt.decode(token, options={"verify_signature": False})
    kept = ("email", "app_metadata", "user_metadata")
    return {"id": claims["sub"], "aud": "", "role": "", **{name: claims[name] for name in kept}}


def run(workshop: Workshop, server: Server) -> list[Limit]:
    """Print a table of both cases; the limits."""
    rows, limits = [], []
    for name, settings in CASES.items():
        first = _ask(workshop, server, settings, requests=1)
        every = _ask(workshop, server, settings, requests=1 + REQUESTS)
        # Rounded: a connection's first answers may overlap with what the client says meanwhile.
        later = [
            round((after - before) / REQUESTS, 1)
            for before, after in zip(first, every, strict=True)
        ]
        rows.append([name, *map(str, first[1:]), *map(str, later)])
        limits += [
            Limit(f"{name}: calls of the provider", later[0], len(settings)),
            Limit(f"{name}: round trips to the provider", later[1], len(settings)),
            Limit(f"{name}: round trips to the database", later[2], 1),
        ]
    print("\nA list of ten: round trips of the first request, then what each later one asks")
    heading = ["", "provider", "database", "calls of it", "provider", "database"]
    print(table(heading, rows))
    return limits


def _ask(workshop: Workshop, server: Server, settings: Mapping[str, str], requests: int) -> Asked:
    """Let a new process answer so many requests."""
    site = identity_site()
    with (
        Identity(server.certificate) as identity,
        SlowLink(identity.server_port, 0) as to_identity,
        SlowLink(server.port, 0) as to_database,
        tempfile.TemporaryDirectory() as scratch,
    ):
        environment = site.environment(
            workshop.path_of(OURS),
            server.by_tls(to_database.port),
            SSL_CERT_DIR=str(server.authorities),
            **settings,
        )
        environment["NETLIFY_IDENTITY_URL"] = f"https://{HOST}:{to_identity.port}"
        listed = calls_of([LIST_10], OURS, site.token)
        calls = counting.Calls(listed, environment, times=requests - 1, warm_up=1)
        [cost] = counting.time(workshop.caller_command(OURS), calls, Path(scratch))
        identity.shutdown()
    if cost.answer["statusCode"] != LIST_10.status:
        raise RuntimeError(f"not answered: {cost.answer}")
    return Asked(identity.calls, to_identity.turns, to_database.turns)
