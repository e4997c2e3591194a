"""`make deploy-db` with the real pscale, which speaks with a PlanetScale of our own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from migrations import deploy, deploy_steps
from shared.settings.database_url import DatabaseUrl
from tests.planetscale.stand_in import PlanetScale
from tests.planetscale.stand_in import planetscale as running_planetscale
from tests.support.private_server import server_address as server_address
from tests.support.private_server import server_url as server_url
from tests.witnesses import pscale

DeployDb = Callable[..., int]


@pytest.fixture
def planetscale(
    server_url: DatabaseUrl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[PlanetScale]:
    """A PlanetScale with an empty `main`, which `pscale` on PATH comes to."""
    commands = tmp_path / "bin"
    commands.mkdir()
    (commands / "pscale").symlink_to(pscale.find(os.environ))
    monkeypatch.setenv("PATH", f"{commands}:{os.environ['PATH']}")
    monkeypatch.setattr(deploy_steps, "POLL_SECONDS", 0.0)
    with running_planetscale(server_url, tmp_path) as running:
        for name, value in running.environ.items():
            monkeypatch.setenv(name, value)
        yield running


@pytest.fixture
def deploy_db(planetscale: PlanetScale) -> DeployDb:
    """Runs `python -m migrations.deploy` with these words, in this process."""
    return lambda *words: deploy.main(words)
