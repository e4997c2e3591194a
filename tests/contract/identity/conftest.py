"""One Identity over HTTP, as its clients meet it, on a free port and with a clock to move."""

from __future__ import annotations

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

from local.clock import Clock
from local.identity import IdentityConfig, create_app, operator_token
from local.outbox import Outbox
from local.store import Store

SITE_URL = "http://localhost:8888"
SECRET = "the secret of the Identity under test"
PREFIX = "/.netlify/identity"
PASSWORD = "correct horse battery staple"


class Identity(requests.Session):
    """A caller: paths are the endpoints', and the rest shortens what every test does first."""

    def __init__(self, origin: str, config: IdentityConfig, clock: Clock) -> None:
        super().__init__()
        self.trust_env = False
        self.origin = origin
        self.config = config
        self.clock = clock

    def request(self, method: Any, url: Any, *args: Any, **options: Any) -> requests.Response:
        options.setdefault("timeout", 10)
        return super().request(method, f"{self.origin}{PREFIX}{url}", *args, **options)

    def mails(self) -> list[dict[str, str]]:
        """Newest first."""
        mails: list[dict[str, str]] = requests.get(f"{self.origin}/outbox", timeout=10).json()
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
def start() -> Iterator[Start]:
    """Starts an Identity with the given settings, over the state in `path` when there is one."""
    with ExitStack() as running:

        def begin(path: Path | None = None, **settings: Any) -> Identity:
            config = IdentityConfig(SITE_URL, SECRET, **settings)
            return running.enter_context(served(config, path))

        yield begin


@pytest.fixture
def identity(start: Start) -> Identity:
    return start()


@contextmanager
def served(config: IdentityConfig, path: Path | None) -> Iterator[Identity]:
    clock = Clock()
    started: SimpleQueue[uvicorn.Server] = SimpleQueue()
    thread = threading.Thread(target=serve, args=(config, path, clock, started))
    thread.start()
    server = started.get(timeout=10)
    port = server.servers[0].sockets[0].getsockname()[1]
    with Identity(f"http://127.0.0.1:{port}", config, clock) as caller:
        yield caller
    server.should_exit = True
    thread.join()


def serve(
    config: IdentityConfig,
    path: Path | None,
    clock: Clock,
    started: SimpleQueue[uvicorn.Server],
) -> None:
    """Run until told to stop. The store belongs to the thread of its event loop."""
    store = Store(path)
    outbox = Outbox(store, clock)

    async def mails(_request: Request) -> Response:
        return JSONResponse([asdict(mail) for mail in outbox.newest_first()])

    identity = create_app(config, store, outbox, clock)
    app = Starlette(routes=[Mount(PREFIX, identity), Route("/outbox", mails)])
    Announcing(app, started).run()
    store.close()


class Announcing(uvicorn.Server):
    """Says that it is up by putting itself into the queue."""

    def __init__(self, app: Starlette, started: SimpleQueue[uvicorn.Server]) -> None:
        settings = uvicorn.Config(
            app, host="127.0.0.1", port=0, log_level="error", ws="none", lifespan="off"
        )
        super().__init__(settings)
        self._announcements = started

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        self._announcements.put(self)
