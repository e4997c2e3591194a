"""A PlanetScale on this machine: its API and its edge, over the databases of a real server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from shared.settings.database_url import DatabaseUrl
from tests.planetscale.api import DATABASE, ORGANIZATION, TOKEN, TOKEN_ID, Api
from tests.planetscale.branches import Branches
from tests.planetscale.edge import Edge
from tests.planetscale.http_service import serving
from tests.planetscale.passwords import Passwords
from tests.support.certificates import certificate_of_this_machine


class PlanetScale(NamedTuple):
    """`environ` has what pscale has to be told to come here, and nowhere else."""

    environ: Mapping[str, str]
    branches: Branches
    passwords: Passwords
    api: Api


@contextmanager
def planetscale(server: DatabaseUrl, folder: Path) -> Iterator[PlanetScale]:
    """One whose database has a branch `main`, empty and with safe migrations, while it runs."""
    branches, passwords = Branches(server), Passwords()
    edge = Edge(DATABASE, branches, passwords)
    certificate = certificate_of_this_machine(folder)
    with serving(edge.answer, certificate) as (edge_host, edge_port):
        api = Api(branches, passwords, edge, f"{edge_host}:{edge_port}")
        with serving(api.answer) as (host, port):
            branches.create("main").safe_migrations = True
            try:
                yield PlanetScale(
                    _environ(f"http://{host}:{port}/", certificate, folder),
                    branches,
                    passwords,
                    api,
                )
            finally:
                for password in passwords.valid:
                    edge.hang_up(password)
                branches.delete_all()


def _environ(url: str, certificate: Path, folder: Path) -> dict[str, str]:
    return {
        "PLANETSCALE_API_URL": url,
        "PLANETSCALE_ORG": ORGANIZATION,
        "PLANETSCALE_SERVICE_TOKEN_ID": TOKEN_ID,
        "PLANETSCALE_SERVICE_TOKEN": TOKEN,
        "SSL_CERT_FILE": str(certificate),  # that of the edge is no authority's
        "PSCALE_NO_UPDATE_NOTIFIER": "1",
        "PSCALE_DISABLE_DEV_WARNING": "1",
        "HOME": str(folder),
    }
