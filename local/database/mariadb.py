"""MariaDB, 10.6 or newer: close to MySQL, and the quickest to start."""

from __future__ import annotations

from local.database.engine import (
    Engine,
    find_executable,
    minor_version,
    version_number,
    version_text,
)
from local.database.server_options import SOCKET, folder_options, server_options, user_options

LOG_FILE_SIZE = "--innodb-log-file-size=16M"
# Compares as MySQL's utf8mb4_0900_ai_ci does: accents and case alike, trailing spaces not.
COLLATION = "--collation-server=utf8mb4_unicode_520_nopad_ci"


def find_mariadb(search_path: str) -> Engine | None:
    """Find the `mariadbd` of this machine, and the program that makes its data folder."""
    server = find_executable("mariadbd", search_path)
    installer = find_executable("mariadb-install-db", search_path)
    if server is None or installer is None:
        return None
    number = version_number(version_text(server))
    return _mariadb(server, installer, number) if number else None


def _mariadb(server: str, installer: str, version: str) -> Engine:
    return Engine(
        title=f"MariaDB {version}",
        folder_name=f"mariadb-{minor_version(version)}",
        initialise=lambda folder: [
            installer,
            "--no-defaults",
            *folder_options(folder),
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
            "--skip-name-resolve",
            LOG_FILE_SIZE,
            *user_options(),
        ],
        serve=lambda folder: [
            server,
            "--no-defaults",
            *server_options(folder),
            LOG_FILE_SIZE,
            COLLATION,
            "--innodb-use-native-aio=0",
        ],
        socket=SOCKET,
    )
