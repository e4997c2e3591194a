"""A private MariaDB with issues in it: on a Unix socket, and over verified TLS."""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography import x509

from local.database.connection import connect
from local.database.engine import Engine
from local.database.mariadb import find_mariadb
from local.database.protocol import DatabaseUnavailable
from local.database.server import PrivateServer
from tests.support.certificates import write_certificate

ROOT = Path(__file__).resolve().parents[1]
# A loopback address that nobody takes for this machine, so that everybody asks for TLS there.
HOST = "127.0.0.2"
NEEDS_MARIADB = "make bench needs MariaDB (mariadb-server-core, mariadb-client-core)"
ACCOUNT = (
    "CREATE USER IF NOT EXISTS 'app'@'%' IDENTIFIED BY 'app'",
    "GRANT ALL ON latchkey.* TO 'app'@'%'",
)


@dataclass(frozen=True)
class Server:
    """URLs of one database, its certificate, and the folder of whom a process trusts."""

    by_socket: str
    port: int
    certificate: Path
    authorities: Path

    def by_tls(self, port: int | None = None) -> str:
        return f"mysql://app:app@{HOST}:{port or self.port}/latchkey"


@contextmanager
def serving(folder: Path, issues: int) -> Iterator[Server]:
    """A server that ends with the context; raises DatabaseUnavailable where MariaDB is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    address = x509.IPAddress(ipaddress.IPv4Address(HOST))
    certificate = write_certificate(folder / "server.pem", [address])
    port = _free_port()
    database = PrivateServer(_with_tls(certificate, port), folder / "state", print)
    database.start()
    try:
        _fill(database.url, issues)
        yield Server(database.url, port, certificate, _authorities(folder, certificate))
    finally:
        database.stop()


def _with_tls(certificate: Path, port: int) -> Engine:
    engine = find_mariadb(os.environ.get("PATH", os.defpath))
    if engine is None:
        raise DatabaseUnavailable(NEEDS_MARIADB)
    options = [
        f"--bind-address={HOST}",
        f"--port={port}",
        f"--ssl-cert={certificate}",
        f"--ssl-key={certificate}",
    ]
    serve = engine.serve
    return replace(
        engine,
        serve=lambda folder: [
            *(option for option in serve(folder) if option != "--skip-networking"),
            *options,
        ],
    )


def _fill(url: str, issues: int) -> None:
    values = {"DATABASE_URL": url, "PATH": os.environ.get("PATH", os.defpath)}
    for module in (["migrations"], ["local", "seed", str(issues)]):
        command = [sys.executable, "-m", *module]
        subprocess.run(command, cwd=ROOT, env=values, stdout=subprocess.DEVNULL, check=True)
    connection = connect(url)
    with connection, connection.cursor() as cursor:
        for statement in ACCOUNT:
            cursor.execute(statement)


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _authorities(folder: Path, certificate: Path) -> Path:
    """This system's authorities by their hashes (c_rehash), and the server's own."""
    authorities = folder / "authorities"
    system = ssl.get_default_verify_paths().capath
    shutil.copytree(system or _no_folder(), authorities, symlinks=True)
    command = ["openssl", "x509", "-noout", "-hash", "-in", str(certificate)]
    name = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    own = certificate.read_text().partition("-----BEGIN PRIVATE KEY")[0]
    (authorities / f"{name}.0").write_text(own)
    return authorities


def _no_folder() -> Path:
    raise DatabaseUnavailable("this system has no folder of certificates (ca-certificates)")
