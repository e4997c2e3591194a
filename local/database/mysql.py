"""MySQL itself: the closest to PlanetScale, where it is installed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from local.database.executable import (
    find_executable,
    minor_version,
    version_number,
    version_text,
)
from local.database.server_options import SOCKET, folder_options, server_options, user_options


def find_mysql(search_path: str) -> MySQL | None:
    """Find the `mysqld` of this machine, unless it is MariaDB under that name."""
    server = find_executable("mysqld", search_path)
    if server is None:
        return None
    text = version_text(server)
    number = version_number(text)
    return MySQL(server, number) if number and "MariaDB" not in text else None


@dataclass(frozen=True)
class MySQL:
    """`mysqld` 8.0 or newer."""

    server: str
    version: str
    socket: str = SOCKET
    client_lock: str | None = None
    statements: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return f"MySQL {self.version}"

    @property
    def folder_name(self) -> str:
        return f"mysql-{minor_version(self.version)}"

    def initialise_command(self, folder: Path) -> list[str]:
        options = [*folder_options(folder), *user_options()]
        return [self.server, "--no-defaults", "--initialize-insecure", *options]

    def server_command(self, folder: Path) -> list[str]:
        return [
            self.server,
            "--no-defaults",
            *server_options(folder),
            "--loose-innodb-redo-log-capacity=16M",
            "--loose-mysqlx=0",
            "--secure-file-priv=NULL",
        ]
