"""The database of one run: a private server, or the one the developer names."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from functools import partial
from urllib.parse import urlsplit

from local.database import choose_engine
from local.deathwatch import watched
from local.logs import Log
from local.settings import Settings

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class MigrationError(RuntimeError):
    """The schema could not be brought up to date; the log says why."""


class CloudDatabase:
    """Starts the server, if it is ours, and brings the schema up to date."""

    def __init__(self, settings: Settings, log: Log) -> None:
        """Raises DatabaseUnavailable when no engine can be found."""
        self._settings = settings
        self._log = log
        self._server = (
            None
            if settings.uses_planetscale
            else choose_engine(settings.environ, settings.state_dir, partial(log, "db"))
        )

    @property
    def name(self) -> str:
        """What the banner calls it; known once started."""
        if self._server is None:
            return f"PlanetScale at {self._settings.environ['PLANETSCALE_HOST']}"
        return self._server.engine

    @property
    def url(self) -> str | None:
        return None if self._server is None else self._server.url

    def start(self) -> None:
        if self._server is not None:
            self._server.start()

    def stop(self) -> None:
        if self._server is not None:
            self._server.stop()

    async def migrate(self, environment: Mapping[str, str]) -> None:
        """Apply what is missing to a database on this machine; others are left as they are.

        Raises MigrationError.
        """
        if self.url is None or urlsplit(self.url).hostname not in LOOPBACK:
            self._log("db", "not on this machine: `make migrate` is left to you")
            return
        process = await asyncio.create_subprocess_exec(
            *watched([sys.executable, "-m", "migrations"], signal.SIGTERM),
            cwd=self._settings.root,
            env={**os.environ, **environment},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        output, _ = await process.communicate()
        self._log("db", output.decode(errors="replace"))
        if process.returncode != 0:
            raise MigrationError("The migrations failed; the lines marked [db] say why.")
