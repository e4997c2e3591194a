"""One origin that serves Identity, the pages beside this file and Netlify's clients."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path

import requests
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from local.identity import IdentityConfig, create_app, operator_token, seed_users
from local.kit.clock import Clock
from local.kit.outbox import Outbox
from local.kit.store import Store

PAGES = Path(__file__).parent / "pages"
NODE_MODULES = Path(__file__).parents[2] / "clients" / "identity" / "node_modules"


class Site:
    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://localhost:{self._listener.getsockname()[1]}"
        self._config = IdentityConfig(self.url, "the secret of the Identity under test")
        self._clock = Clock()
        settings = uvicorn.Config(self._application, factory=True, log_level="error", ws="none")
        self._server = uvicorn.Server(settings)

    def run(self) -> None:
        """Serve until `stop`. The store belongs to the thread that calls this."""
        self._server.run(sockets=[self._listener])

    def stop(self) -> None:
        self._server.should_exit = True

    def newest_link(self) -> str:
        """Where the link in the newest mail leads."""
        mails: list[dict[str, str]] = requests.get(f"{self.url}/outbox", timeout=10).json()
        return mails[0]["link"]

    def confirmed_user(self, email: str, password: str) -> None:
        self.as_operator("/admin/users", {"email": email, "password": password, "confirm": True})

    def invite(self, email: str) -> None:
        self.as_operator("/invite", {"email": email})

    def as_operator(self, path: str, body: dict[str, object]) -> None:
        token = operator_token(self._config, self._clock)
        headers = {"Authorization": f"Bearer {token}"}
        url = f"{self.url}/.netlify/identity{path}"
        requests.post(url, json=body, headers=headers, timeout=10).raise_for_status()

    def _application(self) -> Starlette:
        store = Store()
        outbox = Outbox(store, self._clock)
        seed_users(store, self._config, self._clock)

        async def mails(_request: Request) -> Response:
            return JSONResponse([asdict(mail) for mail in outbox.newest_first()])

        @asynccontextmanager
        async def closing(_app: Starlette) -> AsyncIterator[None]:
            yield
            store.close()

        identity = create_app(self._config, store, outbox, self._clock)
        return Starlette(
            lifespan=closing,
            routes=[
                Mount("/.netlify/identity", identity),
                Mount("/node_modules", StaticFiles(directory=NODE_MODULES)),
                Route("/outbox", mails),
                Mount("/", StaticFiles(directory=PAGES, html=True)),
            ],
        )
