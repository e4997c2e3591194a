"""Other services on free ports of this machine, each in a thread, noting the calls that it gets."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from local.identity import IdentityConfig
from local.identity import create_app as create_identity
from local.kit.clock import Clock
from local.kit.outbox import Outbox
from local.kit.store import Store
from local.stytch import StytchConfig
from local.stytch import create_app as create_stytch
from tests.support.configuration import IDENTITY_SECRET, PROJECT_ID

Build = Callable[[str], ASGIApp]


class Upstream:
    """A service; `calls` are method and path of each request, controls of its own left out."""

    def __init__(self, url: str, app: ASGIApp) -> None:
        self.url = url
        self.calls: list[str] = []
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if "/_admin" not in scope["path"]:
            self.calls.append(f"{scope['method']} {scope['path']}")
        await self._app(scope, receive, send)


@contextmanager
def serving(build: Build) -> Iterator[Upstream]:
    """The app that `build` makes for its base URL, made and served in a thread of its own."""
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    ready = threading.Event()
    running: list[tuple[Upstream, uvicorn.Server]] = []

    def serve() -> None:
        app = build(url)
        upstream = Upstream(url, app)
        options = uvicorn.Config(
            upstream, lifespan="off", ws="none", log_level="critical", timeout_graceful_shutdown=1
        )
        server = uvicorn.Server(options)
        running.append((upstream, server))
        ready.set()
        asyncio.run(server.serve(sockets=[listener]))
        if isinstance(app, Starlette):
            app.state.store.close()  # an emulator's, in the thread that opened it

    thread = threading.Thread(target=serve)
    thread.start()
    ready.wait()
    upstream, server = running[0]
    try:
        yield upstream
    finally:
        server.should_exit = True
        thread.join()


def stytch_emulator(url: str, store: Store) -> Starlette:
    config = StytchConfig(
        project_id=PROJECT_ID,
        secret="secret-test-local",
        redirect_urls=(f"{url}/landing",),
    )
    clock = Clock()
    return _with_its_store(create_stytch(config, store, Outbox(store, clock), clock), store)


def identity_emulator(url: str, store: Store) -> Starlette:
    config = IdentityConfig(url, IDENTITY_SECRET, autoconfirm=True)
    clock = Clock()
    return _with_its_store(create_identity(config, store, Outbox(store, clock), clock), store)


def _with_its_store(app: Starlette, store: Store) -> Starlette:
    app.state.store = store
    return app


def static_answer(status: int, body: str, **headers: str) -> Build:
    """Builds a service that answers everything in this one way."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _url: Response(body, status, headers=named, media_type="application/json")
