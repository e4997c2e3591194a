from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from local.kit.store import Store
from shared.settings.settings import Settings
from tests.support.configuration import Configure
from tests.support.configuration import configure as configure
from tests.support.stytch_emulator import Emulator
from tests.support.upstreams import Upstream, serving, stytch_emulator


@pytest.fixture(scope="session")
def store_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stytch") / "state.sqlite"


@pytest.fixture(scope="session")
def stytch_service(store_path: Path) -> Iterator[Upstream]:
    with serving(lambda url: stytch_emulator(url, Store(store_path))) as service:
        yield service


@pytest.fixture
def emulator(stytch_service: Upstream, store_path: Path) -> Iterator[Emulator]:
    """An emulator that remembers nothing, and forgets its faults again."""
    emulator = Emulator(stytch_service.url, store_path)
    emulator.forget_everything()
    yield emulator
    emulator.admin("DELETE", "/faults").raise_for_status()


@pytest.fixture
def config(emulator: Emulator, configure: Configure) -> Settings:
    """This process's settings, with the emulator for Stytch."""
    return configure(STYTCH_BASE_URL=emulator.base_url)
