"""Options of MySQL and MariaDB: small, quick to start, no network, no durability.

A power cut may cost the last second of writes; a killed process costs nothing.
"""

from __future__ import annotations

import os
from pathlib import Path

# MySQL 8's default, which PlanetScale keeps.
STRICT_SQL_MODE = (
    "ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,"
    "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION"
)
UTC = "+00:00"
SOCKET = "server.sock"


def folder_options(folder: Path) -> list[str]:
    """Return where data and temporary tables go, for making the data and for serving it.

    A server that starts deletes the temporary tables that it finds, other servers' included.
    """
    return [f"--datadir={folder / 'data'}", f"--tmpdir={folder / 'tmp'}"]


def server_options(folder: Path) -> list[str]:
    """Return the options of a server that keeps everything in `folder`."""
    return [
        *folder_options(folder),
        f"--socket={folder / SOCKET}",
        f"--pid-file={folder / 'server.pid'}",
        "--skip-networking",
        "--skip-name-resolve",
        "--skip-log-bin",
        "--performance-schema=0",
        "--max-connections=128",
        "--innodb-buffer-pool-size=64M",
        "--innodb-flush-log-at-trx-commit=2",
        "--innodb-doublewrite=0",
        "--character-set-server=utf8mb4",
        f"--default-time-zone={UTC}",
        f"--sql-mode={STRICT_SQL_MODE}",
        *user_options(),
    ]


def user_options() -> list[str]:
    """Return what lets both servers run as root, as in a container."""
    return ["--user=root"] if os.geteuid() == 0 else []
