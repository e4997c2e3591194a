"""MySQL itself, 8.0 or newer: the closest to PlanetScale, where it is installed."""

from __future__ import annotations

from local.database.engine import (
    Engine,
    find_executable,
    minor_version,
    version_number,
    version_text,
)
from local.database.server_options import SOCKET, folder_options, server_options, user_options


def find_mysql(search_path: str) -> Engine | None:
    """Find the `mysqld` of this machine, unless it is MariaDB under that name."""
    server = find_executable("mysqld", search_path)
    if server is None:
        return None
    text = version_text(server)
    number = version_number(text)
    return _mysql(server, number) if number and "MariaDB" not in text else None


def _mysql(server: str, version: str) -> Engine:
    command = [server, "--no-defaults"]
    return Engine(
        title=f"MySQL {version}",
        folder_name=f"mysql-{minor_version(version)}",
        initialise=lambda folder: [
            *command,
            "--initialize-insecure",
            *folder_options(folder),
            *user_options(),
        ],
        serve=lambda folder: [
            *command,
            *server_options(folder),
            "--loose-innodb-redo-log-capacity=16M",
            "--loose-mysqlx=0",
            "--secure-file-priv=NULL",
        ],
        socket=SOCKET,
    )
