"""What the functions of a running cloud need: its database, its Stytch and its Identity."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, quote, urlsplit

from local.aws.template import load_template
from local.settings import (
    IDENTITY_PATH,
    LOCAL_IDENTITY_SECRET,
    LOCAL_IDENTITY_WEBHOOK_SECRET,
    LOCAL_PROJECT_ID,
    LOCAL_STYTCH_SECRET,
    LOCAL_STYTCH_WEBHOOK_SECRET,
)
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

    @property
    def environment(self) -> dict[str, str]:
        """The settings of a function that uses them."""
        return {
            "BASE_URL": self.site_url,
            "DATABASE_URL": self.database_url,
            "STYTCH_PROJECT_ID": LOCAL_PROJECT_ID,
            "STYTCH_SECRET": LOCAL_STYTCH_SECRET,
            "STYTCH_BASE_URL": self.stytch_url,
            "STYTCH_WEBHOOK_SECRET": LOCAL_STYTCH_WEBHOOK_SECRET,
            "NETLIFY_IDENTITY_URL": self.identity_url,
            "NETLIFY_IDENTITY_SECRET": LOCAL_IDENTITY_SECRET,
            "IDENTITY_WEBHOOK_SECRET": LOCAL_IDENTITY_WEBHOOK_SECRET,
        }


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
