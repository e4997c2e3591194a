"""One run of the local cloud: every part started in order, and stopped in the reverse order."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from functools import partial
from urllib.parse import urlsplit

from starlette.types import ASGIApp

from local import aws
from local.apps import build_apps, probes
from local.cloud_database import CloudDatabase
from local.dev_pages import Health
from local.foreign_pages import ForeignPages
from local.host_check import HostCheck
from local.http_server import HttpServer, RequestLog
from local.logs import Log
from local.ports import Listener
from local.settings import IDENTITY_PATH, Settings
from local.store import Store
from local.summary import Summary, summarise

FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 2.0
# Below these paths, no page of another site has any business.
GUARDED: Mapping[str, tuple[str, ...]] = {
    "web": ("/_dev", f"{IDENTITY_PATH}/_admin"),
    "aws": (),
    "lambda": ("/",),
    "stytch": ("/",),
}


class Cloud:
    """The parts of one run around a `database` that has started already.

    `settings.ports` are those of the `listeners`, bound already.
    """

    def __init__(
        self,
        settings: Settings,
        listeners: Mapping[str, Listener],
        database: CloudDatabase,
        log: Log,
    ) -> None:
        self._settings = settings
        self._listeners = listeners
        self._database = database
        self._log = log
        self._servers: list[HttpServer] = []
        self._parts = AsyncExitStack()

    async def start(self) -> Summary:
        """Open every door and bring the schema up to date; tells what there is."""
        store = Store(self._settings.state_dir / "store.sqlite3")
        self._parts.callback(store.close)
        template = aws.load_template(self._settings.root / "template.yaml")
        environment = self._settings.function_environment(self._database.private_url)
        functions = aws.Functions(template, self._settings.root, environment, self._log)
        self._parts.push_async_callback(self._close, functions)
        await functions.start()
        summary = summarise(self._settings, self._listeners.values(), self._database.name)
        await self._serve(build_apps(self._settings, summary, template, functions, store))
        functions.warm_up()
        await self._database.migrate(environment)
        return summary

    async def stop(self) -> None:
        """Close the doors and end the functions."""
        await self._parts.aclose()

    async def failing(self, within_seconds: float) -> list[str]:
        """The parts that still do not answer after this long; empty as soon as all of them do."""
        health = Health(probes(self._settings))
        deadline = asyncio.get_running_loop().time() + within_seconds
        pause = FIRST_PAUSE_SECONDS
        while failing := await health.failing():
            if asyncio.get_running_loop().time() > deadline:
                return failing
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, LONGEST_PAUSE_SECONDS)
        return []

    async def _serve(self, apps: Mapping[str, ASGIApp]) -> None:
        self._servers = [self._server(part, app) for part, app in apps.items()]
        await asyncio.gather(*(server.start() for server in self._servers))

    def _server(self, part: str, app: ASGIApp) -> HttpServer:
        own_name = urlsplit(self._settings.base_url).hostname or ""
        checked = HostCheck(ForeignPages(app, GUARDED[part]), also=[own_name])
        logged = RequestLog(checked, partial(self._log, part))
        return HttpServer(logged, self._listeners[part].sockets)

    async def _close(self, functions: aws.Functions) -> None:
        """All at once: a request whose function has ended keeps no server waiting."""
        await asyncio.gather(functions.stop(), *(server.stop() for server in self._servers))
