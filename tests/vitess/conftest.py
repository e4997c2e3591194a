"""Databases behind a Vitess, in the layout that DATABASE_UNDER_TEST names."""

from __future__ import annotations

import ipaddress
import os
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from cryptography import x509

from shared.database.connection import connect
from shared.database.database import Database
from shared.settings.database_url import parse_database_url
from tests.support.certificates import write_certificate
from tests.support.database_under_test import UNDER_TEST
from tests.support.vitess_layouts import LAYOUTS
from tests.support.vitess_server import Vitess, running_vitess
from tests.witnesses import vtcombo

ADDRESS = "127.0.0.2"  # of this machine, which our code takes for another
BATCHES = {"one by one": [], "divided by its parser": ["--mysql-server-multi-query-protocol"]}


@pytest.fixture(scope="session")
def certificate() -> Iterator[Path]:
    """That of the vtgate; every user may read it, as Vitess's must."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        names = [x509.IPAddress(ipaddress.IPv4Address(ADDRESS))]
        yield write_certificate(Path(name) / "vtgate.pem", names)


@pytest.fixture(scope="module", params=BATCHES)
def vitess(request: pytest.FixtureRequest, certificate: Path) -> Iterator[Vitess]:
    """As an operator starts it who sets nothing; with each of its two ways to take a batch."""
    options = [
        f"--mysql-server-bind-address={ADDRESS}",
        f"--mysql-server-ssl-cert={certificate}",
        f"--mysql-server-ssl-key={certificate}",
        *BATCHES[request.param],
    ]
    program, layout = vtcombo.find(os.environ), LAYOUTS[UNDER_TEST]()
    with running_vitess(program, layout, *options) as running:
        yield running


@pytest.fixture
def database(vitess: Vitess) -> Iterator[Database]:
    """A connection of ours, and a table `notes` that is empty."""
    url = parse_database_url(vitess.url)
    with closing(connect(url, 8)) as connection:
        connection.query("DROP TABLE IF EXISTS notes")
        connection.query("CREATE TABLE notes (id INT NOT NULL, text VARCHAR(20), PRIMARY KEY (id))")
    opened = Database(lambda: url)
    yield opened
    opened.close()
