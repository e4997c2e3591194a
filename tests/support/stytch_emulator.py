"""The emulator under uvicorn on a free port, as a test sees it from outside."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import stytch
import uvicorn
from stytch.core.response_base import StytchError

from local.kit.clock import Clock
from local.kit.outbox import Mail, Outbox
from local.kit.store import Store
from local.stytch import StytchConfig, create_app

PROJECT_ID = "project-test-00000000-0000-4000-8000-000000000000"
SECRET = "secret-test-local"
LANDING = "http://localhost:8888/.netlify/functions/authenticate"
OWN_PAGE = "http://localhost:8888"
LANDING_WITH_QUERY = "http://localhost:8888/landing?next=/profile"


@contextmanager
def refused(status: int, error_type: str) -> Iterator[None]:
    """The block's call must fail in just this way."""
    with pytest.raises(StytchError) as caught:
        yield
    details = caught.value.details
    assert (details.status_code, details.error_type) == (status, error_type)


@dataclass(frozen=True)
class Emulator:
    base_url: str
    store_path: Path
    project_id: str = PROJECT_ID
    secret: str = SECRET

    def client(self, secret: str = SECRET) -> stytch.Client:
        return stytch.Client(PROJECT_ID, secret, environment=f"{self.base_url}/")

    def call(self, method: str, path: str, **options: Any) -> requests.Response:
        """A raw call with good credentials."""
        auth = (PROJECT_ID, SECRET)
        return requests.request(method, self.base_url + path, auth=auth, timeout=10, **options)

    def admin(self, method: str, path: str, /, **arguments: Any) -> requests.Response:
        url = f"{self.base_url}/_admin{path}"
        return requests.request(method, url, json=arguments, timeout=10)

    def advance(self, *, seconds: float = 0, minutes: float = 0, days: float = 0) -> None:
        total = seconds + minutes * 60 + days * 86400
        self.admin("POST", "/clock", advance_seconds=total).raise_for_status()

    def mails(self) -> list[Mail]:
        """Newest first."""
        store = Store(self.store_path)
        mails = Outbox(store, Clock()).newest_first()
        store.close()
        return mails

    def newest_token(self) -> str:
        return parse_qs(urlsplit(self.mails()[0].link).query)["token"][0]

    def sign_in(self, email: str = "ada@example.com") -> Any:
        """A session of an hour for this address."""
        client = self.client()
        client.magic_links.email.login_or_create(email)
        return client.magic_links.authenticate(self.newest_token(), session_duration_minutes=60)

    def forget_everything(self) -> None:
        self.admin("POST", "/reset").raise_for_status()
        store = Store(self.store_path)
        Outbox(store, Clock()).clear()
        store.close()


class EmulatorServer:
    """Uvicorn in a thread of its own, which alone touches the emulator's store.

    With a certificate (and its key, in one file), it is the project's custom domain.
    """

    def __init__(
        self,
        store_path: Path,
        clock: Clock | None = None,
        certificate: Path | None = None,
        **settings: Any,
    ) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._certificate = certificate
        host = "https://localhost" if certificate else "http://127.0.0.1"
        base_url = f"{host}:{self._socket.getsockname()[1]}"
        self.emulator = Emulator(base_url, store_path)
        defaults: dict[str, Any] = {
            "redirect_urls": (LANDING, LANDING_WITH_QUERY),
            "authorized_domains": (OWN_PAGE,),
        }
        if certificate:
            defaults["custom_domain"] = base_url
        self._config = StytchConfig(project_id=PROJECT_ID, secret=SECRET, **defaults | settings)
        self._clock = clock or Clock()
        self._serving = threading.Event()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        self._serving.wait()

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join()

    def _serve(self) -> None:
        store = Store(self.emulator.store_path)
        app = create_app(self._config, store, Outbox(store, self._clock), self._clock)
        options = uvicorn.Config(
            app,
            lifespan="off",
            ws="none",
            log_level="critical",
            timeout_graceful_shutdown=1,
            ssl_certfile=self._certificate,
        )
        self._server = uvicorn.Server(options)
        self._serving.set()
        asyncio.run(self._run())
        store.close()

    async def _run(self) -> None:
        await self._server.serve(sockets=[self._socket])
        for connection in list(self._server.server_state.connections):
            connection.transport.abort()  # over TLS, it waits for the client's goodbye
        await asyncio.sleep(0)
