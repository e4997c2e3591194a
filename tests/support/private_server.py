"""A database server of a test folder's own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local.database import choose_engine
from shared.settings.database_url import DatabaseUrl, parse_database_url


@contextmanager
def private_server(folder: Path) -> Iterator[DatabaseUrl]:
    """Serves from `folder`, by `DEV_DB` or the best engine here, for as long as the block runs."""
    environ = {name: os.environ[name] for name in ("PATH", "DEV_DB") if name in os.environ}
    server = choose_engine(environ, folder, print)
    server.start()
    yield parse_database_url(server.url)
    server.stop()
