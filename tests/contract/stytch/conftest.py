from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import stytch

from tests.support.stytch_emulator import Emulator, EmulatorServer

StartEmulator = Callable[..., Emulator]


@pytest.fixture(scope="session")
def shared_emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    server = EmulatorServer(tmp_path_factory.mktemp("stytch") / "state.sqlite")
    yield server.emulator
    server.stop()


@pytest.fixture
def emulator(shared_emulator: Emulator) -> Emulator:
    """An emulator that remembers nothing."""
    shared_emulator.forget_everything()
    return shared_emulator


@pytest.fixture
def client(emulator: Emulator) -> stytch.Client:
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
