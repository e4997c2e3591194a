"""A process that follows both providers: their emulators, and a database that is up to date."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jwt
import pytest
import requests

from local.kit.store import Store
from shared.auth.client_context import Identity
from shared.database.database import database
from tests.support.configuration import IDENTITY_SECRET, PROJECT_ID, Configure
from tests.support.configuration import configure as configure
from tests.support.private_server import server_address as server_address  # of its own
from tests.support.upstreams import Upstream, identity_emulator, serving, stytch_emulator

ROOT = Path(__file__).parents[3]
SECRET = "secret-test-local"


class Providers:
    """Both emulators, empty at first, and what is known here of their users."""

    def __init__(self, stytch: Upstream, identity: Upstream) -> None:
        self.stytch = stytch
        self.identity = identity

    @property
    def identity_of_context(self) -> Identity:
        """What comes with a call through Netlify."""
        return Identity(self.identity.url, self._operator_token())

    def at_stytch(self, method: str, path: str, **fields: Any) -> Any:
        answer = requests.request(
            method, self.stytch.url + path, json=fields, auth=(PROJECT_ID, SECRET), timeout=10
        )
        answer.raise_for_status()
        return answer.json()

    def at_identity(self, method: str, path: str, **fields: Any) -> Any:
        headers = {"Authorization": f"Bearer {self._operator_token()}"}
        url = f"{self.identity.url}/admin/users{path}"
        answer = requests.request(method, url, json=fields, headers=headers, timeout=10)
        answer.raise_for_status()
        return answer.json()

    def new_at_stytch(self, email: str) -> str:
        """The id of a new user, who has not proven to own the address yet."""
        path = "/v1/magic_links/email/login_or_create"
        return str(self.at_stytch("POST", path, email=email)["user_id"])

    def new_at_identity(self, email: str, name: str = "Lin Chen") -> str:
        """The id of a new user, confirmed."""
        metadata = {"full_name": name}
        fields = {"email": email, "confirm": True, "user_metadata": metadata}
        return str(self.at_identity("POST", "", **fields)["id"])

    def let_fail(self, upstream: Upstream, **fault: Any) -> None:
        """Plan a fault of an emulator's next call."""
        url = f"{upstream.url}/_admin/faults"
        requests.post(url, json=fault, timeout=10).raise_for_status()

    def _operator_token(self) -> str:
        return jwt.encode({"exp": int(time.time()) + 60, "sub": "0"}, IDENTITY_SECRET)


@contextmanager
def providers_with(stytch_store: Path | None = None) -> Iterator[Providers]:
    with (
        serving(lambda url: stytch_emulator(url, Store(stytch_store))) as stytch,
        serving(lambda url: identity_emulator(url, Store())) as identity,
    ):
        yield Providers(stytch, identity)


@pytest.fixture
def providers() -> Iterator[Providers]:
    with providers_with() as running:
        yield running


@pytest.fixture(scope="session")
def migrated(server_address: str) -> str:
    """The `DATABASE_URL` of a database that is up to date."""
    environ = os.environ | {"DATABASE_URL": server_address}
    command = [sys.executable, "-m", "migrations"]
    subprocess.run(command, cwd=ROOT, env=environ, check=True, capture_output=True)
    return server_address


def settings_for(providers: Providers, migrated: str) -> dict[str, str]:
    """What a process is told that follows these providers."""
    return {
        "DATABASE_URL": migrated,
        "STYTCH_BASE_URL": providers.stytch.url,
        "NETLIFY_IDENTITY_URL": providers.identity.url,
    }


@pytest.fixture
def following(providers: Providers, migrated: str, configure: Configure) -> Iterator[Configure]:
    """Sets up this process anew, with settings of its own; the users table is empty."""

    def configure_process(**values: str) -> Any:
        return configure(**settings_for(providers, migrated) | values)

    configure_process()
    for name in ("users", "deleted_accounts"):
        database().write(f"DELETE FROM {name}", {})
    yield configure_process
    database().close()


def rows() -> list[dict[str, Any]]:
    """Every row of users, the oldest first."""
    return database().read("SELECT * FROM users ORDER BY id", {})


def deleted() -> list[str]:
    """Every account that is marked as deleted."""
    found = database().read("SELECT principal_id FROM deleted_accounts ORDER BY principal_id", {})
    return [row["principal_id"] for row in found]
