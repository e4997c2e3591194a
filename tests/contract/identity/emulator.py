"""The emulator under test: one server on a free port, each Identity below a path of its own."""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from local.identity import IdentityConfig, create_app
from local.kit.clock import Clock
from local.kit.outbox import Outbox
from local.kit.store import Store
from tests.contract.identity.caller import Identity


@contextmanager
def running_emulator() -> Iterator[Host]:
    host = Host()
    thread = threading.Thread(target=host.run)
    thread.start()
    host.ready.get(timeout=10)
    try:
        yield host
    finally:
        host.should_exit = True
        thread.join()


class Host(uvicorn.Server):
    """A server in a thread of its own. Stores are opened and closed there, as they must be."""

    def __init__(self) -> None:
        self._app = Starlette()
        self._numbers = itertools.count(1)
        self.ready: SimpleQueue[bool] = SimpleQueue()
        super().__init__(
            uvicorn.Config(
                self._app, host="127.0.0.1", port=0, log_level="error", ws="none", lifespan="off"
            )
        )

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        self._loop = asyncio.get_running_loop()
        self.ready.put(True)

    @contextmanager
    def site(self, config: IdentityConfig, path: Path | None) -> Iterator[Identity]:
        """An Identity of this configuration, over the state in `path` when there is one."""
        clock = Clock()
        prefix = f"/{next(self._numbers)}/.netlify/identity"
        store, outbox = self._in_loop(self._open, prefix, config, path, clock)
        port = self.servers[0].sockets[0].getsockname()[1]

        def mails() -> list[dict[str, str]]:
            return [asdict(mail) for mail in self._in_loop(outbox.newest_first)]

        with Identity(f"http://127.0.0.1:{port}{prefix}", config, clock, mails) as caller:
            yield caller
        self._in_loop(store.close)

    def _in_loop(self, function: Callable[..., Any], *arguments: Any) -> Any:
        async def call() -> Any:
            return function(*arguments)

        return asyncio.run_coroutine_threadsafe(call(), self._loop).result(timeout=10)

    def _open(
        self, prefix: str, config: IdentityConfig, path: Path | None, clock: Clock
    ) -> tuple[Store, Outbox]:
        store = Store(path)
        outbox = Outbox(store, clock)
        app = create_app(config, store, outbox, clock)
        self._app.router.routes.append(Mount(prefix, app))
        return store, outbox
