from __future__ import annotations

import pytest

from migrations import deploy
from tests.unit.migrations_deploy.fake_planetscale import FakePlanetScale


@pytest.fixture
def planetscale(monkeypatch: pytest.MonkeyPatch) -> FakePlanetScale:
    return FakePlanetScale(monkeypatch)


@pytest.fixture
def deploy_db():
    """Runs `python -m migrations.deploy` with these words, in this process."""
    return lambda *words: deploy.main(words)
