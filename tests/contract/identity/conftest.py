"""Identity over HTTP: a new one for each test, of the server that IDENTITY_UNDER_TEST names.

That is the emulator (by default), GoTrue itself (`gotrue`), or a site at Netlify (`live`). Some
tests do not apply to these: they are counted, each with its reason.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any, Protocol

import pytest

from local.identity import IdentityConfig
from tests.contract.identity.caller import SECRET, SITE_URL, Identity
from tests.contract.identity.emulator import running_emulator
from tests.contract.identity.live import live_host
from tests.contract.identity.under_test import IS_GOTRUE, IS_LIVE, LIVE_NEEDS
from tests.live import accounts
from tests.live.selection import skip_what_needs
from tests.support.gotrue_server import GoTrueServer, running_gotrue
from tests.support.receiver import Receiver, receiving
from tests.witnesses import gotrue

Start = Callable[..., Identity]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if IS_LIVE:
        skip_what_needs(LIVE_NEEDS, items, Path(__file__).parent, "Identity itself")


class Host(Protocol):
    def site(
        self, config: IdentityConfig, path: Path | None
    ) -> AbstractContextManager[Identity]: ...


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


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """What a site is told by webhooks."""
    with receiving() as running:
        # GoTrue calls no private address (`api/helpers.go`); it takes this one for another.
        running.url = running.url.replace("127.0.0.1", "0.0.0.0")
        yield running


@pytest.fixture
def filtering(host: Host) -> None:
    """For a test that filters a list: GoTrue does so in SQL that only MySQL has."""
    if isinstance(host, GoTrueHost) and not host.engine.startswith("MySQL"):
        pytest.skip(f"not applicable to GoTrue on {host.engine}: it cannot filter there")


@pytest.fixture(scope="session")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    if IS_GOTRUE:
        program = gotrue.find(os.environ)
        with running_gotrue(program, tmp_path_factory.mktemp("gotrue")) as server:
            yield GoTrueHost(server)
    elif IS_LIVE:
        with live_host(accounts.identity(os.environ)) as site:
            yield site
    else:
        with running_emulator() as emulator:
            yield emulator


class GoTrueHost:
    """GoTrue itself: each site is an instance."""

    def __init__(self, server: GoTrueServer) -> None:
        self.engine = server.engine
        self._server = server

    @contextmanager
    def site(self, config: IdentityConfig, path: Path | None) -> Iterator[Identity]:
        instance = self._server.instance(config)

        def mails() -> list[dict[str, str]]:
            return [{**mail._asdict(), "provider": "netlify"} for mail in instance.newest_mails()]

        with Identity(instance.url, config, instance.clock, mails, instance.headers) as caller:
            yield caller
