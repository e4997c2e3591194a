from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from local.settings import Settings, load_settings
from tests.support.stytch_emulator import EmulatorServer

ROOT = Path(__file__).resolve().parents[3]
LoadSettings = Callable[..., Settings]


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """None of the developer's own settings, so that each test names what it needs."""
    for name in ("DATABASE_URL", "PLANETSCALE_HOST", "AWS_ACCESS_KEY_ID", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def load(tmp_path: Path) -> LoadSettings:
    """Loads settings for a fresh state folder; keyword arguments are environment variables."""

    def load(**environ: str) -> Settings:
        kept = {name: os.environ[name] for name in ("PATH", "DEV_DB") if name in os.environ}
        return load_settings(ROOT, tmp_path / "state", kept | environ)

    return load


@pytest.fixture
def start_stytch(tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Starts a Stytch project with this allow-list of redirect URLs; answers its base URL."""
    servers: list[EmulatorServer] = []

    def start(*redirect_urls: str) -> str:
        servers.append(EmulatorServer(tmp_path / "stytch.db", redirect_urls=redirect_urls))
        return servers[0].emulator.base_url

    yield start
    for server in servers:
        server.stop()
