"""What every database of the local cloud can do, and how it says that it cannot.

DatabaseUnavailable     there is no database to be had; the message says what to do
├── DatabaseInUse       another process works with the same folder
└── EngineFailed        this engine did not start; another one may
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

Log = Callable[[str], None]
"""Takes one line for the developer."""


class DatabaseUnavailable(RuntimeError):
    """There is no database to be had; the message says what to do."""


class DatabaseInUse(DatabaseUnavailable):
    """Another process works with the same folder; `url` is that process's database."""

    def __init__(self, message: str, url: str = "") -> None:
        super().__init__(message)
        self.url = url


class EngineFailed(DatabaseUnavailable):
    """This engine did not start; another one may."""


class Database(Protocol):
    """A MySQL-compatible server with a database in it; `engine` and `url` hold once started."""

    @property
    def engine(self) -> str:
        """What it is, for people: `MariaDB 10.11.19`."""

    @property
    def url(self) -> str:
        """`mysql://…`, as the setting DATABASE_URL takes it."""

    def start(self) -> None:
        """Make it answer; call it from the main thread. Raises DatabaseUnavailable."""

    def stop(self) -> None:
        """End what `start` began; without effect when there is nothing to end."""
