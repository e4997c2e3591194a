"""A private MariaDB with issues in it: on a Unix socket, and over verified TLS."""

from __future__ import annotations

import os
import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from local.database.mariadb import find_mariadb
from local.database.protocol import DatabaseUnavailable
from tests.support.tls_database import TlsDatabase, serving_by_tls

ROOT = Path(__file__).resolve().parents[1]
NEEDS_MARIADB = "make bench needs MariaDB (mariadb-server-core, mariadb-client-core)"


@dataclass(frozen=True)
class Server(TlsDatabase):
    """And the folder of whom a process trusts."""

    authorities: Path


@contextmanager
def serving(folder: Path, issues: int) -> Iterator[Server]:
    """A server that ends with the context; raises DatabaseUnavailable where MariaDB is missing."""
    engine = find_mariadb(os.environ.get("PATH", os.defpath))
    if engine is None:
        raise DatabaseUnavailable(NEEDS_MARIADB)
    with serving_by_tls(engine, folder) as database:
        _fill(database.by_socket, issues)
        authorities = _authorities(folder, database.certificate)
        yield Server(database.by_socket, database.port, database.certificate, authorities)


def _fill(url: str, issues: int) -> None:
    values = {"DATABASE_URL": url, "PATH": os.environ.get("PATH", os.defpath)}
    for module in (["migrations"], ["local", "seed", str(issues)]):
        command = [sys.executable, "-m", *module]
        subprocess.run(command, cwd=ROOT, env=values, stdout=subprocess.DEVNULL, check=True)


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
