"""Signals go to a process that is surely meant, and to no later one with the same number."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from local.kit.process import mark_of, signal_exactly


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    yield process
    process.kill()
    process.wait()


def test_mark_stays_the_same() -> None:
    assert mark_of(os.getpid()) == mark_of(os.getpid()) is not None


def test_process_that_has_ended_has_no_mark(sleeper: subprocess.Popen[bytes]) -> None:
    sleeper.kill()
    sleeper.wait()

    assert mark_of(sleeper.pid) is None


def test_process_with_the_mark_is_ended(sleeper: subprocess.Popen[bytes]) -> None:
    mark = mark_of(sleeper.pid) or ""

    assert signal_exactly(sleeper.pid, mark, signal.SIGTERM)
    assert sleeper.wait(10) == -signal.SIGTERM


@pytest.mark.parametrize("mark", ["", "another start"])
def test_process_with_another_mark_is_left_alone(
    sleeper: subprocess.Popen[bytes], mark: str
) -> None:
    assert not signal_exactly(sleeper.pid, mark, signal.SIGKILL)
    assert sleeper.poll() is None
