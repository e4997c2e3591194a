"""The folder that holds all state of a local cloud (`.dev`): for one run and one version."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import IO

from local.kit.clock import rfc3339
from local.kit.file_lock import try_lock
from local.kit.process import mark_of

VERSION = "1"
# Whoever only looks who is running holds the lock for a moment.
TRIES = 10
PAUSE_SECONDS = 0.02


class StateDirError(RuntimeError):
    """The folder cannot be used now; the message says what to do."""


@dataclass(frozen=True)
class RunningCloud:
    """Tells who holds the folder, as written into its lock file; `url` is empty while it starts.

    `mark` tells the process from a later one with the same number (local/kit/process.py).
    """

    pid: int
    url: str = ""
    lambda_url: str = ""
    ports: Mapping[str, int] = field(default_factory=dict)
    since: str = ""
    mark: str = ""


class StateDir:
    """Holds the folder from `acquire` until `release`; the system releases it after a crash."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: IO[str] | None = None
        self._holder = RunningCloud(os.getpid())

    def acquire(self) -> None:
        """Make and lock the folder; raises StateDirError if it is in use or of another version."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            lock = _lock_file(self.path).open("a+", encoding="utf-8")
        except OSError as error:
            raise StateDirError(f"{self.path} cannot hold state: {error.strerror}.") from error
        if not _lock_soon(lock):
            lock.close()
            raise StateDirError(_in_use(self.path))
        self._lock = lock
        mark = mark_of(os.getpid()) or ""
        self._write(RunningCloud(os.getpid(), since=rfc3339(int(time.time())), mark=mark))
        check_version(self.path)
        _version_file(self.path).write_text(VERSION, encoding="utf-8")

    def announce(self, url: str, lambda_url: str, ports: Mapping[str, int]) -> None:
        """Tell a second start, and other tools, where it runs."""
        self._write(replace(self._holder, url=url, lambda_url=lambda_url, ports=dict(ports)))

    def release(self) -> None:
        if self._lock is not None:
            self._lock.truncate(0)
            self._lock.close()
            self._lock = None

    def _write(self, holder: RunningCloud) -> None:
        assert self._lock is not None  # noqa: S101 - acquire comes first
        self._holder = holder
        self._lock.truncate(0)
        self._lock.write(json.dumps(asdict(holder)))
        self._lock.flush()


def check_version(path: Path) -> None:
    """Raise StateDirError if this is no folder, or another version of the local cloud made it."""
    if path.exists() and not path.is_dir():
        raise StateDirError(f"{path} is not a folder.")
    marker = _version_file(path)
    found = marker.read_text(encoding="utf-8").strip() if marker.exists() else VERSION
    if found != VERSION:
        raise StateDirError(
            f"{path} was made by another version of the local cloud (format {found!r}, "
            f"this one reads {VERSION!r}). `make reset` deletes it and starts fresh."
        )


def running_cloud(path: Path) -> RunningCloud | None:
    """Return the local cloud that uses this folder now; its `url` is empty while it starts."""
    try:
        with _lock_file(path).open("r", encoding="utf-8") as lock:
            return None if try_lock(lock) else _read(lock)
    except (FileNotFoundError, NotADirectoryError):
        return None


def forget_ended(path: Path) -> RunningCloud | None:
    """Return who held the folder and ended without releasing it, and take its entry out.

    Nobody's number is looked at: the system has released the lock, or it has not.
    """
    try:
        with _lock_file(path).open("r+", encoding="utf-8") as lock:
            if not try_lock(lock) or not lock.read():
                return None
            lock.seek(0)
            ended = _read(lock)
            lock.truncate(0)
            return ended
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return None


def _lock_soon(lock: IO[str]) -> bool:
    for _ in range(TRIES):
        if try_lock(lock):
            return True
        time.sleep(PAUSE_SECONDS)
    return False


def _read(lock: IO[str]) -> RunningCloud:
    """Return what is written there; one without a number if that is nothing, or of no use."""
    known = {one.name for one in fields(RunningCloud)}
    try:
        members = json.loads(lock.read())
        return RunningCloud(**{name: members[name] for name in known & set(members)})
    except (TypeError, ValueError):
        return RunningCloud(pid=0)


def _lock_file(path: Path) -> Path:
    return path / "lock"


def _version_file(path: Path) -> Path:
    return path / "version"


def _in_use(path: Path) -> str:
    running = running_cloud(path)
    if running is None or not running.url:
        return f"A local cloud is just starting or stopping with {path}. Try again in a moment."
    return (
        f"The local cloud is already running at {running.url} (process {running.pid}). "
        f"Use that one, stop it with Ctrl-C, or start another: NAME=second make dev."
    )
