"""Stytch as the official SDK meets it: the emulator, or what STYTCH_UNDER_TEST names.

`live` is a test project at Stytch, for which some tests do not apply: they are counted.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import stytch

from tests.contract.stytch.live import LiveStytch, live_project
from tests.contract.stytch.under_test import IS_LIVE, NEEDS
from tests.live import accounts
from tests.live.selection import skip_what_needs
from tests.support.stytch_emulator import Emulator, EmulatorServer

StartEmulator = Callable[..., Emulator]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if IS_LIVE:
        skip_what_needs(NEEDS, items, Path(__file__).parent, "Stytch itself")


@pytest.fixture(scope="session")
def live() -> Iterator[LiveStytch]:
    with live_project(accounts.stytch(os.environ)) as project:
        yield project


@pytest.fixture(scope="session")
def shared_emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    server = EmulatorServer(tmp_path_factory.mktemp("stytch") / "state.sqlite")
    yield server.emulator
    server.stop()


@pytest.fixture
def emulator(request: pytest.FixtureRequest) -> Emulator | LiveStytch:
    """An emulator that remembers nothing, or the live project, where a test's people are new."""
    if IS_LIVE:
        project: LiveStytch = request.getfixturevalue("live")
        project.addresses.begin_test()
        return project
    shared_emulator: Emulator = request.getfixturevalue("shared_emulator")
    shared_emulator.forget_everything()
    return shared_emulator


@pytest.fixture
def client(emulator: Emulator | LiveStytch) -> stytch.Client:
    return emulator.client()


@pytest.fixture
def start_emulator(tmp_path: Path) -> Iterator[StartEmulator]:
    """Starts an emulator configured by `options`; another start replaces it, with its state."""
    running: list[EmulatorServer] = []

    def stop() -> None:
        while running:
            running.pop().stop()

    def start(**options: Any) -> Emulator:
        stop()
        running.append(EmulatorServer(tmp_path / "state.sqlite", **options))
        return running[0].emulator

    yield start
    stop()
