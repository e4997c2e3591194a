"""One run of the local cloud: every part started in order, and stopped in the reverse order."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from functools import partial
from urllib.parse import urlsplit

from starlette.types import ASGIApp

from local import aws
from local.cloud.apps import build_apps, probes
from local.cloud.database import CloudDatabase
from local.cloud.log import Log
from local.cloud_summary import Summary, summarise
from local.dev_pages import Book, Health, Live
from local.kit.cross_site import CrossSiteCheck
from local.kit.exchange import RecordExchanges, current_exchange
from local.kit.host_check import HostCheck
from local.kit.http_server import HttpServer
from local.kit.ports import Listener
from local.kit.request_log import Answered, RequestLog
from local.kit.store import Store
from local.settings import DEV_PATH, IDENTITY_PATH, Settings

FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 2.0
# Paths below which pages of other sites may change nothing.
GUARDED: Mapping[str, tuple[str, ...]] = {
    "web": (DEV_PATH, f"{IDENTITY_PATH}/_admin"),
    "aws": (),
    "lambda": ("/",),
    "stytch": ("/",),
}


class Cloud:
    """Holds the parts of one run around a `database` that has started already.

    `settings.ports` are the ports of the `listeners`.
    """

    def __init__(
        self,
        settings: Settings,
        listeners: Mapping[str, Listener],
        database: CloudDatabase,
        log: Log,
        debugging: aws.Debugging | None,
    ) -> None:
        self._settings = settings
        self._listeners = listeners
        self._database = database
        self._log = log
        self._debugging = debugging
        self._servers: list[HttpServer] = []
        self._parts = AsyncExitStack()
        self._book = Book()
        self._live = Live()

    async def start(self) -> Summary:
        """Serve every port and bring the schema up to date; returns what there is to know."""
        store = Store(self._settings.state_dir / "store.sqlite3")
        self._parts.callback(store.close)
        template = aws.load_template(self._settings.root / "template.yaml")
        environment = self._settings.function_environment(self._database.private_url)
        functions = aws.Functions(
            template, self._settings.root, environment, self._log, debugging=self._debugging
        )
        self._parts.push_async_callback(self._close, functions)
        await functions.start()
        summary = summarise(
            self._settings, self._listeners.values(), self._database.name, self._debugging
        )
        await self._serve(
            build_apps(
                self._settings,
                summary,
                functions,
                store,
                self._database,
                self._book,
                self._live,
                self._log,
            )
        )
        for part, address in summary.served:
            self._log("start", f"{part}: {address}")
        functions.warm_up()
        await self._database.migrate(environment)
        watching = asyncio.create_task(self._database.keep_alive())
        self._parts.callback(watching.cancel)
        return summary

    async def stop(self) -> None:
        """Close the ports and end the functions."""
        await self._parts.aclose()

    async def failing(self, within_seconds: float) -> list[str]:
        """Return the parts that still do not answer after this long, none as soon as all do."""
        health = Health(probes(self._settings, self._debugging))
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
        checked = HostCheck(CrossSiteCheck(app, GUARDED[part]), own_name)
        logged = RequestLog(checked, partial(self._log_request, part))
        recorded = RecordExchanges(logged, part, self._book.add)
        return HttpServer(recorded, self._listeners[part].sockets)

    def _log_request(self, part: str, request: Answered) -> None:
        self._log.request(part, request, current_exchange())

    async def _close(self, functions: aws.Functions) -> None:
        """Stop all at once: a request whose function has ended does not keep a server waiting."""
        self._live.close()
        await asyncio.gather(functions.stop(), *(server.stop() for server in self._servers))
