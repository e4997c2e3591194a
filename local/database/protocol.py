"""What every database of the local cloud can do, and how it fails.

DatabaseUnavailable     there is no database; the message says what to do
├── DatabaseInUse       another process works with the same folder
└── EngineFailed        this engine did not start; another one may
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

# Takes one line for the developer.
WriteLine = Callable[[str], None]


class DatabaseUnavailable(RuntimeError):
    """There is no database; the message says what to do."""


class DatabaseInUse(DatabaseUnavailable):
    """Another process works with the same folder; `url` is that process's database."""

    def __init__(self, message: str, url: str = "") -> None:
        super().__init__(message)
        self.url = url


class EngineFailed(DatabaseUnavailable):
    """This engine did not start; another one may."""


class Database(Protocol):
    """Stands for a MySQL-compatible database; `engine` and `url` are valid once it has started."""

    @property
    def engine(self) -> str:
        """Return name and version, such as `MariaDB 10.11.19`."""

    @property
    def url(self) -> str:
        """Return `mysql://…`, as the setting DATABASE_URL takes it."""

    def start(self) -> None:
        """Start it, from the main thread; returns once it answers. Raises DatabaseUnavailable."""

    def has_ended(self) -> bool:
        """Return whether the server that `start` began is no longer there."""

    def restart(self) -> None:
        """Start it again after it has ended, with its data, from the main thread.

        Raises DatabaseUnavailable.
        """

    def kill(self) -> None:
        """End the server as a crash would; one that `start` did not begin is left alone."""

    def stop(self) -> None:
        """End what `start` began, if anything."""
