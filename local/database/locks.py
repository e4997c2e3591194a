"""Locks on a database's folder: one server for each, and none left over."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import time
from pathlib import Path
from typing import IO

from local.database.protocol import DatabaseInUse
from local.kit.file_lock import try_lock

# Another process may be about to stop its server. One whose owner is dead has as long as MySQL may
# take to end on a busy machine.
LONGEST_WAIT_SECONDS = 2.0
LONGEST_END_SECONDS = 20.0
POLL_SECONDS = 0.02


class FolderLock:
    """Held by this process and, through an inherited descriptor, by the server that it starts.

    So a lock that is held while its owner is dead means a leftover server, and the process id in
    the file is that server's: while it runs, no other process can have the same id.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None

    @property
    def descriptor(self) -> int:
        if self._file is None:
            raise ValueError("the folder is not locked")
        return self._file.fileno()

    def acquire(self) -> None:
        """Lock the folder, after ending a leftover server; raises DatabaseInUse."""
        file = self._path.open("a+", encoding="utf-8")
        began = time.monotonic()
        while not try_lock(file):
            holder = _read(file)
            owner = holder.get("owner", 0)
            longest = LONGEST_WAIT_SECONDS if _is_alive(owner) else LONGEST_END_SECONDS
            if time.monotonic() - began > longest:
                file.close()
                raise DatabaseInUse(_in_use(self._path.parent, owner))
            if not _is_alive(owner):
                _end_leftover(holder.get("server", 0))
            time.sleep(POLL_SECONDS)
        self._file = file
        self._write({"owner": os.getpid()})

    def record_server(self, pid: int) -> None:
        """Write down the process that shares the lock."""
        self._write({"owner": os.getpid(), "server": pid})

    def release(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _write(self, holder: dict[str, int]) -> None:
        if self._file is None:
            raise ValueError("the folder is not locked")
        self._file.truncate(0)
        self._file.write(json.dumps(holder))
        self._file.flush()


class ClientLock:
    """Keeps an embedded seekdb running: it ends when no client locks its file any more."""

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None

    def acquire(self, path: Path) -> None:
        self._file = path.open("wb")
        fcntl.flock(self._file, fcntl.LOCK_SH)

    def release(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def _read(file: IO[str]) -> dict[str, int]:
    file.seek(0)
    try:
        holder: dict[str, int] = json.loads(file.read())
    except ValueError:  # its owner is about to write
        return {}
    return holder


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return pid != 0


def _end_leftover(server: int) -> None:
    if _is_alive(server):
        os.kill(server, signal.SIGTERM)


def _in_use(folder: Path, owner: int) -> str:
    return (
        f"The database in {folder} is in use by process {owner}: "
        "another local cloud or test run. Stop it first, or wait until it ends."
    )
