"""MariaDB: close to MySQL, and the quickest to start."""

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

LOG_FILE_SIZE = "--innodb-log-file-size=16M"
# Compares as MySQL's utf8mb4_0900_ai_ci does: accents and case alike, trailing spaces not.
COLLATION = "--collation-server=utf8mb4_unicode_520_nopad_ci"


def find_mariadb(search_path: str) -> MariaDB | None:
    """Find the `mariadbd` of this machine, and the program that makes its data folder."""
    server = find_executable("mariadbd", search_path)
    installer = find_executable("mariadb-install-db", search_path)
    if server is None or installer is None:
        return None
    number = version_number(version_text(server))
    return MariaDB(server, installer, number) if number else None


@dataclass(frozen=True)
class MariaDB:
    """`mariadbd` 10.6 or newer."""

    server: str
    installer: str
    version: str
    socket: str = SOCKET
    client_lock: str | None = None
    statements: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return f"MariaDB {self.version}"

    @property
    def folder_name(self) -> str:
        return f"mariadb-{minor_version(self.version)}"

    def initialise_command(self, folder: Path) -> list[str]:
        return [
            self.installer,
            "--no-defaults",
            *folder_options(folder),
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
            "--skip-name-resolve",
            LOG_FILE_SIZE,
            *user_options(),
        ]

    def server_command(self, folder: Path) -> list[str]:
        return [
            self.server,
            "--no-defaults",
            *server_options(folder),
            LOG_FILE_SIZE,
            COLLATION,
            "--innodb-use-native-aio=0",
        ]
