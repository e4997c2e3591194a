"""The database for a tool that may be used while the local cloud runs, and while it does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from local.database.choice import choose_engine
from local.database.connection import configured_url
from local.database.contract import DatabaseInUse, Log


@contextmanager
def database_at_hand(environ: Mapping[str, str], state_dir: Path, log: Log) -> Iterator[str]:
    """The URL of the database that runs, or of one that runs as long as the context lasts.

    Raises DatabaseUnavailable when there is none.
    """
    if url := configured_url(environ):
        yield url
        return
    database = choose_engine(environ, state_dir, log)
    try:
        database.start()
    except DatabaseInUse as running:
        yield running.url
        return
    try:
        yield database.url
    finally:
        database.stop()
