from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.database import Database, choose_engine
from local.database.selection import FINDERS
from tests.integration.database_engine.servers import environ

INSTALLED = [name for name, find in FINDERS.items() if find(os.environ["PATH"])]
CHOSEN = [os.environ["DEV_DB"]] if "DEV_DB" in os.environ else INSTALLED


@pytest.fixture(params=CHOSEN, scope="module")
def engine(request: pytest.FixtureRequest) -> str:
    """The engine that DEV_DB names, else each one that this machine has."""
    return request.param


@pytest.fixture(scope="module")
def state_dir(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the shared server keeps its state."""
    return tmp_path_factory.mktemp(engine)


@pytest.fixture(scope="module")
def running(engine: str, state_dir: Path) -> Iterator[Database]:
    """A server that the tests of a module share."""
    database = choose_engine(environ(engine), state_dir, print)
    database.start()
    yield database
    database.stop()


@pytest.fixture
def database(engine: str, tmp_path: Path) -> Iterator[Database]:
    """A server of one test's own, not started yet; its state is in `tmp_path`."""
    database = choose_engine(environ(engine), tmp_path, print)
    yield database
    database.stop()
