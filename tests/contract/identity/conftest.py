"""Identity over HTTP, as its clients meet it: a new one for each test, with a clock to move.

One server on a free port carries them all, each below a path of its own.
"""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest
import requests
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from local.identity import IdentityConfig, create_app, operator_token
from local.kit.clock import Clock
from local.kit.outbox import Outbox
from local.kit.store import Store

SITE_URL = "http://localhost:8888"
SECRET = "the secret of the Identity under test"
PASSWORD = "correct horse battery staple"


class Identity(requests.Session):
    """A caller: paths are the endpoints', and the rest shortens what every test does first."""

    def __init__(self, site: str, config: IdentityConfig, clock: Clock) -> None:
        super().__init__()
        self.trust_env = False
        self.site = site
        self.url = f"{site}/.netlify/identity"
        self.config = config
        self.clock = clock

    def request(self, method: Any, url: Any, *args: Any, **options: Any) -> requests.Response:
        options.setdefault("timeout", 10)
        return super().request(method, f"{self.url}{url}", *args, **options)

    def mails(self) -> list[dict[str, str]]:
        """Newest first."""
        mails: list[dict[str, str]] = super().request("GET", f"{self.site}/outbox").json()
        return mails

    def mailed_token(self) -> str:
        return self.mails()[0]["link"].partition("=")[2]

    def confirmed_user(self, email: str = "lin@example.com", **data: Any) -> dict[str, Any]:
        """The user who signed up as `email`, and has followed the link in the mail."""
        body = {"email": email, "password": PASSWORD, "data": data}
        user: dict[str, Any] = self.post("/signup", json=body).json()
        self.post("/verify", json={"type": "signup", "token": self.mailed_token()})
        return user

    def password_grant(self, email: str, password: str = PASSWORD) -> requests.Response:
        form = {"grant_type": "password", "username": email, "password": password}
        return self.post("/token", data=form)

    def refresh_grant(self, refresh_token: str) -> requests.Response:
        form = {"grant_type": "refresh_token", "refresh_token": refresh_token}
        return self.post("/token", data=form)

    def bearer(self, email: str) -> dict[str, str]:
        """The header of a user who just signed in."""
        return {"Authorization": f"Bearer {self.password_grant(email).json()['access_token']}"}

    def operator(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {operator_token(self.config, self.clock)}"}


Start = Callable[..., Identity]


@pytest.fixture
def start(host: Host) -> Iterator[Start]:
    """Starts an Identity of this configuration, over the state in `path` when there is one."""
    with ExitStack() as running:

        def begin(path: Path | None = None, **options: Any) -> Identity:
            config = IdentityConfig(SITE_URL, SECRET, **options)
            return running.enter_context(host.site(config, path))

        yield begin


@pytest.fixture
def identity(start: Start) -> Identity:
    return start()


@pytest.fixture(scope="session")
def host() -> Iterator[Host]:
    host = Host()
    thread = threading.Thread(target=host.run)
    thread.start()
    host.ready.get(timeout=10)
    yield host
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
        clock = Clock()
        prefix = f"/{next(self._numbers)}"
        store = self._in_loop(self._open, prefix, config, path, clock)
        port = self.servers[0].sockets[0].getsockname()[1]
        with Identity(f"http://127.0.0.1:{port}{prefix}", config, clock) as caller:
            yield caller
        self._in_loop(store.close)

    def _in_loop(self, function: Callable[..., Any], *arguments: Any) -> Any:
        async def call() -> Any:
            return function(*arguments)

        return asyncio.run_coroutine_threadsafe(call(), self._loop).result(timeout=10)

    def _open(self, prefix: str, config: IdentityConfig, path: Path | None, clock: Clock) -> Store:
        store = Store(path)
        outbox = Outbox(store, clock)

        async def mails(_request: Request) -> Response:
            return JSONResponse([asdict(mail) for mail in outbox.newest_first()])

        identity = create_app(config, store, outbox, clock)
        routes = [Mount("/.netlify/identity", identity), Route("/outbox", mails)]
        self._app.router.routes.append(Mount(prefix, routes=routes))
        return store
