"""The processes of a database server: one that makes its data, one that serves it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from pathlib import Path

from local.database.locks import FolderLock
from local.database.protocol import EngineFailed
from local.kit.deathwatch import watched

INITIALISE_SECONDS = 120
STOP_SECONDS = 10
LOG_NAME = "server.log"


def run_to_end(command: list[str], folder: Path) -> str | None:
    """Run a command that writes to the server's log; returns why it failed, or None."""
    with (folder / LOG_NAME).open("wb") as log:
        try:
            done = subprocess.run(
                watched(command, signal.SIGKILL),
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                timeout=INITIALISE_SECONDS,
                start_new_session=True,
            )
        except subprocess.TimeoutExpired:
            return f"it took more than {INITIALISE_SECONDS} seconds"
    return explanation(folder) if done.returncode else None


class ServerProcess:
    """Holds a running server, which shares the folder's lock even when its parent is killed."""

    def __init__(self, title: str, command: list[str], folder: Path, lock: FolderLock) -> None:
        self._title = title
        self._folder = folder
        with (folder / LOG_NAME).open("wb") as log:
            self._process = subprocess.Popen(
                watched(command, signal.SIGTERM),
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C in the terminal is for the parent alone
                pass_fds=[lock.descriptor],
            )
        lock.record_server(self._process.pid)

    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def raise_if_ended(self) -> None:
        """Raise EngineFailed when the server has ended."""
        if self.has_ended():
            raise self.failure(explanation(self._folder))

    def failure(self, reason: str) -> EngineFailed:
        return EngineFailed(f"{self._title} did not start: {reason}")

    def kill(self) -> None:
        """End it at once, as a crash would, and whoever watches its parent for it."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def explanation(folder: Path) -> str:
    """Return the first error in the server's log, else its last line."""
    lines = (folder / LOG_NAME).read_text(errors="replace").splitlines()
    written = [line.strip() for line in lines if line.strip()]
    errors = [line for line in written if "error" in line.lower()]
    return [*errors, *written[-1:], "it wrote no log"][0]


def _environment() -> dict[str, str]:
    names = ("HOME", "LANG", "PATH", "TMPDIR")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    return {**kept, "TELEMETRY_ENABLED": "false"}  # seekdb's switch; the others have none
