"""What the functions of a running cloud need: its database, its Stytch and its Identity."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, quote, urlsplit

from local.aws.template import load_template
from local.settings import IDENTITY_PATH
from tests.security.description import ROOT
from tests.security.site import socket_of
from tests.support.running_cloud import RunningCloud


class Services(NamedTuple):
    """Where the services are, where the emulators keep people, and a function's timeout."""

    site_url: str
    database_url: str
    stytch_url: str
    identity_url: str
    store: Path
    timeout_seconds: float

    @property
    def database_socket(self) -> str:
        return parse_qs(urlsplit(self.database_url).query)["unix_socket"][0]


def services_of(cloud: RunningCloud) -> Services:
    """The cloud's; the timeout is the shortest of template.yaml."""
    template = load_template(ROOT / "template.yaml")
    return Services(
        site_url=cloud.url,
        database_url=f"mysql://root@localhost/latchkey?unix_socket={quote(socket_of(cloud))}",
        stytch_url=cloud.address("Stytch"),
        identity_url=f"{cloud.url}{IDENTITY_PATH}",
        store=cloud.state / "store.sqlite3",
        timeout_seconds=min(function.timeout for function in template.functions),
    )
