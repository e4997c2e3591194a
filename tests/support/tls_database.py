"""A private MySQL or MariaDB that is also reached over TLS, at an address of another host."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography import x509

from local.database.connection import connect
from local.database.engine import Engine
from local.database.server import PrivateServer
from tests.support.certificates import write_certificate

# A loopback address that nobody takes for this machine, so that everybody asks for TLS there.
HOST = "127.0.0.2"
ACCOUNT = (
    "CREATE USER IF NOT EXISTS 'app'@'%' IDENTIFIED BY 'app'",
    "GRANT ALL ON latchkey.* TO 'app'@'%'",
)


@dataclass(frozen=True)
class TlsDatabase:
    """URLs of one database, and its certificate, which signs itself."""

    by_socket: str
    port: int
    certificate: Path

    def by_tls(self, port: int | None = None) -> str:
        return f"mysql://app:app@{HOST}:{port or self.port}/latchkey"


@contextmanager
def serving_by_tls(engine: Engine, folder: Path) -> Iterator[TlsDatabase]:
    """A server without tables that ends with the context; the engine's own kind of password."""
    folder.mkdir(parents=True, exist_ok=True)
    address = x509.IPAddress(ipaddress.IPv4Address(HOST))
    certificate = write_certificate(folder / "server.pem", [address])
    port = _free_port()
    database = PrivateServer(_with_tls(engine, certificate, port), folder / "state", print)
    database.start()
    try:
        _add_account(database.url)
        yield TlsDatabase(database.url, port, certificate)
    finally:
        database.stop()


def _with_tls(engine: Engine, certificate: Path, port: int) -> Engine:
    serve = engine.serve
    options = [
        f"--bind-address={HOST}",
        f"--port={port}",
        f"--ssl-cert={certificate}",
        f"--ssl-key={certificate}",
    ]
    return replace(
        engine,
        serve=lambda folder: [
            *(option for option in serve(folder) if option != "--skip-networking"),
            *options,
        ],
    )


def _add_account(url: str) -> None:
    connection = connect(url)
    with connection, connection.cursor() as cursor:
        for statement in ACCOUNT:
            cursor.execute(statement)


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
