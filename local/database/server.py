"""A private database server: one engine, one folder, no port."""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.parse import quote

from local.database.engine import Engine
from local.database.locks import ClientLock, FolderLock
from local.database.protocol import DatabaseInUse, EngineFailed, WriteLine
from local.database.readiness import prepare_database, wait_until_ready
from local.database.server_process import ServerProcess, run_to_end
from local.database.short_path import remove_short_path, short_path

DATABASE = "latchkey"
CREATE_DATABASE = f"CREATE DATABASE IF NOT EXISTS {DATABASE}"


class PrivateServer:
    """Keeps its folder locked, and its server alive, from `start` until `stop`."""

    def __init__(self, engine: Engine, state_dir: Path, log: WriteLine) -> None:
        self._engine = engine
        self._folder = state_dir.absolute() / "database" / engine.folder_name
        self._log = log
        self._lock = FolderLock(self._folder / "lock")
        self._client_lock = ClientLock()
        self._process: ServerProcess | None = None

    @property
    def engine(self) -> str:
        return self._engine.title

    @property
    def url(self) -> str:
        return f"mysql://root@localhost/{DATABASE}?unix_socket={quote(str(self._socket))}"

    @property
    def _socket(self) -> Path:
        return short_path(self._folder) / self._engine.socket

    def start(self) -> None:
        """Start the server, with an empty database the first time.

        It ends with this process, and with the thread that calls this. Raises DatabaseInUse or
        EngineFailed.
        """
        (self._folder / "tmp").mkdir(parents=True, exist_ok=True)
        self._acquire()
        try:
            self._start_server()
        except BaseException:
            self.stop()
            raise

    def has_ended(self) -> bool:
        return self._process is not None and self._process.has_ended()

    def restart(self) -> None:
        self._start_server()

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()

    def stop(self) -> None:
        """End the server (SIGTERM, then SIGKILL) and free the folder."""
        self._client_lock.release()
        if self._process is not None:
            self._process.stop()
            self._process = None
            remove_short_path(self._folder)
        self._lock.release()

    def _acquire(self) -> None:
        try:
            self._lock.acquire()
        except DatabaseInUse as other:
            other.url = self.url
            raise

    def _start_server(self) -> None:
        folder = short_path(self._folder)
        complete = self._folder / "complete"
        if not complete.exists():
            self._initialise(folder)
        self._socket.unlink(missing_ok=True)
        if self._engine.client_lock is not None:
            self._client_lock.acquire(folder / self._engine.client_lock)
        command = self._engine.serve(folder)
        self._process = ServerProcess(self._engine.title, command, folder, self._lock)
        wait_until_ready(self._process, self._socket)
        prepare_database(self._process, self._socket, [*self._engine.statements, CREATE_DATABASE])
        complete.touch()

    def _initialise(self, folder: Path) -> None:
        """Make the data; what is there was never finished."""
        self._explain_other_versions()
        shutil.rmtree(self._folder / "data", ignore_errors=True)
        failure = run_to_end(self._engine.initialise(folder), folder)
        if failure:
            raise EngineFailed(f"{self._engine.title} could not make its data folder: {failure}")

    def _explain_other_versions(self) -> None:
        others = [path.parent.name for path in self._folder.parent.glob("*/complete")]
        if others:
            self._log(
                f"{self._engine.title} starts with an empty database; "
                f"the rows of {', '.join(sorted(others))} stay in {self._folder.parent}"
            )
