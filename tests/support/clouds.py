"""The whole local cloud as a process of its own, on free ports and in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.database_under_test import UNDER_TEST, vitess_under_test
from tests.support.running_cloud import RunningCloud, Starter

ROOT = Path(__file__).parents[2]
FREE_PORTS = {"PORT": "0", "AWS_PORT": "0", "LAMBDA_PORT": "0", "STYTCH_PORT": "0"}


def launched(
    folder: Path,
    state: Path,
    options: Sequence[str] = (),
    module: str = "local",
    **environ: str,
) -> RunningCloud:
    """A cloud that is starting, with its output in the folder."""
    output = folder / "output"
    with output.open("wb") as sink:
        process = subprocess.Popen(
            [sys.executable, "-m", module, "dev", *options, "--state", str(state)],
            cwd=ROOT,
            env=os.environ | FREE_PORTS | environ,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
        )
    return RunningCloud(process, state, output)


@contextmanager
def clouds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Starter]:
    """Starts clouds (`state`: its folder, else a new one; further names: its environment).

    `options` are those of `make dev`.

    All of them end with the block.
    """
    started: list[RunningCloud] = []

    def start(
        state: Path | None = None, options: Sequence[str] = (), **environ: str
    ) -> RunningCloud:
        folder = tmp_path_factory.mktemp("cloud")
        started.append(launched(folder, state or folder / "state", options, **environ))
        return started[-1]

    yield start
    for cloud in started:
        cloud.process.kill()
        cloud.process.wait()


@contextmanager
def ready_cloud(tmp_path_factory: pytest.TempPathFactory, **environ: str) -> Iterator[RunningCloud]:
    """A cloud that is ready, for as long as the block runs."""
    with _database() as named, clouds(tmp_path_factory) as start:
        running = start(**named | environ)
        running.wait_until_ready()
        yield running


@contextmanager
def _database() -> Iterator[dict[str, str]]:
    """Names the Vitess that is under test, a new one; nothing, if none is: a cloud has its own."""
    if not UNDER_TEST:
        yield {}
        return
    with vitess_under_test() as vitess:
        yield {"DATABASE_URL": vitess.url}


@pytest.fixture
def start_cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Starter]:
    """Starts clouds that end with the test."""
    with clouds(tmp_path_factory) as start:
        yield start


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCloud]:
    """The one cloud of all tests that neither stop nor configure it.

    What it counts, it counts for all of them: it allows 100 logins in five minutes.
    """
    with ready_cloud(tmp_path_factory) as running:
        yield running
