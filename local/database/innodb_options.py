"""What MySQL and MariaDB are both told: small, quick to start, no network, no durability.

A power cut may cost the last second of writes; a killed process costs nothing.
"""

from __future__ import annotations

import os
from pathlib import Path

from local.database.session_settings import STRICT_SQL_MODE, UTC

SOCKET = "server.sock"


def folder_options(folder: Path) -> list[str]:
    """Where data and temporary tables go, both when the data is made and when it is served.

    A server that starts deletes the temporary tables that it finds, other servers' included.
    """
    return [f"--datadir={folder / 'data'}", f"--tmpdir={folder / 'tmp'}"]


def server_options(folder: Path) -> list[str]:
    """Options for a server that keeps everything in `folder`."""
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
    """Both servers refuse to run as root, as in a container, unless told to."""
    return ["--user=root"] if os.geteuid() == 0 else []
