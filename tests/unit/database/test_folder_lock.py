"""local/database/locks.py: whose turn it is to serve a folder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from local.database import locks
from local.database.locks import FolderLock
from local.database.protocol import DatabaseInUse

ROOT = Path(__file__).parents[3]
SLOW_SERVER = """\
import json, os, signal, sys, time
from local.kit.file_lock import try_lock

def end(*_):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(0.3)
    sys.exit()

signal.signal(signal.SIGTERM, end)
file = open(sys.argv[1], "w")
try_lock(file)
json.dump({"owner": int(sys.argv[2]), "server": os.getpid()}, file)
file.flush()
print("locked", flush=True)
signal.pause()
"""


@contextmanager
def slow_server(path: Path, owner: int) -> Iterator[None]:
    """A server that holds the lock, and takes a moment to end."""
    command = [sys.executable, "-c", SLOW_SERVER, str(path), str(owner)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        yield
        process.kill()


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(locks, "LONGEST_WAIT_SECONDS", 0.0)
    return tmp_path / "lock"


def test_a_server_whose_owner_is_dead_is_ended_and_given_the_time(path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    lock = FolderLock(path)

    with slow_server(path, dead.pid):
        lock.acquire()

    assert lock.descriptor
    lock.release()


def test_a_server_whose_owner_lives_is_left_alone(path: Path) -> None:
    with (
        slow_server(path, os.getpid()),
        pytest.raises(DatabaseInUse, match=f"in use by process {os.getpid()}"),
    ):
        FolderLock(path).acquire()
