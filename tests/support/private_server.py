"""A database server for tests that need no more of the local cloud."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from local.database import choose_engine
from shared.settings.database_url import DatabaseUrl, parse_database_url
from tests.support.database_under_test import UNDER_TEST, vitess_under_test


@pytest.fixture(scope="session")
def server_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The `DATABASE_URL` of a private server's `latchkey`, by `DEV_DB` or the best engine here.

    With `DATABASE_UNDER_TEST`, that of a Vitess.
    """
    if UNDER_TEST:
        with vitess_under_test() as vitess:
            yield vitess.url
        return
    environ = {name: os.environ[name] for name in ("PATH", "DEV_DB") if name in os.environ}
    server = choose_engine(environ, tmp_path_factory.mktemp("server"), print)
    server.start()
    yield server.url
    server.stop()


@pytest.fixture(scope="session")
def server_url(server_address: str) -> DatabaseUrl:
    """The same, in its parts."""
    return parse_database_url(server_address)
