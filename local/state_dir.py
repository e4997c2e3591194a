"""The folder that holds all state of the local cloud (`.dev`): for one run and one version."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from local.kit.file_lock import try_lock

VERSION = "1"


class StateDirError(RuntimeError):
    """The folder cannot be used now; the message says what to do."""


@dataclass(frozen=True)
class RunningCloud:
    """Tells who holds the folder, as written into its lock file."""

    pid: int
    url: str
    lambda_url: str = ""


class StateDir:
    """Holds the folder from `acquire` until `release`; the system releases it after a crash."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: IO[str] | None = None

    def acquire(self) -> None:
        """Make and lock the folder; raises StateDirError if it is in use or of another version."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            lock = _lock_file(self.path).open("a+", encoding="utf-8")
        except OSError as error:
            raise StateDirError(f"{self.path} cannot hold state: {error.strerror}.") from error
        if not try_lock(lock):
            lock.close()
            raise StateDirError(_in_use(self.path))
        self._lock = lock
        check_version(self.path)
        _version_file(self.path).write_text(VERSION, encoding="utf-8")

    def announce(self, pid: int, url: str, lambda_url: str = "") -> None:
        """Tell a second start, and other tools, who is running and where."""
        assert self._lock is not None  # noqa: S101 - acquire comes first
        self._lock.truncate(0)
        self._lock.write(json.dumps(asdict(RunningCloud(pid, url, lambda_url))))
        self._lock.flush()

    def release(self) -> None:
        if self._lock is not None:
            self._lock.truncate(0)
            self._lock.close()
            self._lock = None


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
            if try_lock(lock):
                return None
            text = lock.read()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return RunningCloud(**json.loads(text)) if text else RunningCloud(pid=0, url="")


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
        f"Use that one, stop it with Ctrl-C, or start another with --state DIR."
    )
