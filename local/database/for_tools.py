"""The database for a tool that is used while the local cloud runs, or while it does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from local.database.connection import configured_url
from local.database.protocol import DatabaseInUse, WriteLine
from local.database.selection import choose_engine


@contextmanager
def database_for_tools(
    environ: Mapping[str, str], state_dir: Path, log: WriteLine
) -> Iterator[str]:
    """Yield the URL of the running database, or of one that runs as long as the context lasts.

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
