"""The database of one run: a private server, or the one that is set."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from functools import partial

from local.cloud.log import Log
from local.database import DatabaseUnavailable, choose_engine, configured_url, host_of, is_local
from local.kit.deathwatch import watched
from local.settings import Settings

LOOK_EVERY_SECONDS = 1.0


class MigrationError(RuntimeError):
    """The schema could not be brought up to date; the log says why."""


class CloudDatabase:
    """Starts the server, if it is a private one, and brings the schema up to date."""

    def __init__(self, settings: Settings, log: Log) -> None:
        """Choose the database; raises DatabaseUnavailable when there is none."""
        self._root = settings.root
        self._log = log
        self._named = configured_url(settings.environ)
        named = {} if self._named is None else {"DATABASE_URL": self._named}
        self._server = choose_engine(
            {**settings.environ, **named}, settings.state_dir, partial(log, "db")
        )

    @property
    def name(self) -> str:
        """Return what the banner calls it; before the start, the one that is tried first."""
        return self._server.engine if self._named is None else f"yours, at {host_of(self._named)}"

    @property
    def url(self) -> str:
        """Return its DATABASE_URL, once started."""
        return self._server.url

    @property
    def is_private(self) -> bool:
        """Tell whether it is a server of our own, which may be killed."""
        return self._named is None

    @property
    def private_url(self) -> str | None:
        """Return the private server's DATABASE_URL, once started; None if another one is set."""
        return self._server.url if self._named is None else None

    def start(self) -> None:
        """Return when it answers; call it from the main thread, where Ctrl-C interrupts it."""
        if self._named is not None:
            self._server.start()
            return
        with self._log.step("db", f"starting {self.name}") as step:
            self._server.start()
        self._log("db", f"{self.name} answers, after {step.seconds:.1f} s")

    def stop(self) -> None:
        self._server.stop()

    def kill(self) -> None:
        """End a private server as a crash would; `keep_alive` starts it again."""
        self._server.kill()

    async def keep_alive(self) -> None:
        """Start a private server again when it ends, until cancelled; its data is kept.

        The server ends with the thread that starts it, so the start blocks the event loop for the
        second that it takes.
        """
        while True:
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            if not self._server.has_ended():
                continue
            self._log("db", f"{self.name} has ended; starting it again")
            try:
                self._server.restart()
            except DatabaseUnavailable as failure:
                self._log("db", str(failure))
            else:
                self._log("db", f"{self.name} answers again")

    async def migrate(self, environment: Mapping[str, str]) -> None:
        """Apply the missing migrations to a database on this machine, and to no other.

        Raises MigrationError.
        """
        if not is_local(self._server.url):
            self._log("db", "not on this machine: run `make migrate` yourself")
            return
        with self._log.step("db", "bringing the schema up to date"):
            output, status = await self._migrations(environment)
        self._log("db", output)
        if status != 0:
            raise MigrationError("The migrations failed; the lines marked [db] say why.")

    async def _migrations(self, environment: Mapping[str, str]) -> tuple[str, int | None]:
        """Return what `python -m migrations` has said, and its exit status."""
        process = await asyncio.create_subprocess_exec(
            *watched([sys.executable, "-m", "migrations"], signal.SIGTERM),
            cwd=self._root,
            env={**os.environ, **environment},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        try:
            output, _ = await process.communicate()
        except asyncio.CancelledError:
            process.terminate()
            await process.communicate()  # its pipe has to end before the event loop does
            raise
        return output.decode(errors="replace"), process.returncode
