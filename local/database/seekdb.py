"""seekdb, OceanBase's embeddable server in MySQL mode: the one that `pip install` brings.

Its Python module is never imported: it starts the server with telemetry on. The binary inside the
wheel is started here instead (`pylibseekdb` 1.4.0.post1), as an embedded server without a port.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
from dataclasses import dataclass
from pathlib import Path

from local.database.server_options import STRICT_SQL_MODE, UTC

PACKAGE = "pylibseekdb"

# In this order: ids without gaps after a restart; deadlocks are detected at once (two settings);
# no error 6235 of snapshot isolation; MySQL's strictness; times in UTC.
STATEMENTS = (
    "SET GLOBAL auto_increment_cache_size = 1",
    "ALTER SYSTEM SET _lcl_op_interval = '30ms'",
    "SET GLOBAL ob_trx_lock_timeout = 5000000",
    "SET GLOBAL transaction_isolation = 'READ-COMMITTED'",
    f"SET GLOBAL sql_mode = '{STRICT_SQL_MODE}'",
    f"SET GLOBAL time_zone = '{UTC}'",
)


def find_seekdb(search_path: str) -> SeekDB | None:  # noqa: ARG001 - every engine's finder has it
    """Find the server inside the wheel; there is none for Intel Macs, Alpine and Windows."""
    module = importlib.util.find_spec(PACKAGE)
    if module is None or module.origin is None:
        return None
    server = Path(module.origin).with_name("seekdb")
    return SeekDB(str(server), importlib.metadata.version(PACKAGE)) if server.exists() else None


@dataclass(frozen=True)
class SeekDB:
    """One version of seekdb never opens the folder of another, so the folder names it in full."""

    server: str
    version: str
    socket: str = "data/run/sql.sock"
    client_lock: str | None = "data/run/seekdb.clients"
    statements: tuple[str, ...] = STATEMENTS

    @property
    def title(self) -> str:
        return f"seekdb {self.version.partition('.post')[0]}"

    @property
    def folder_name(self) -> str:
        return f"seekdb-{self.version}"

    def initialise_command(self, folder: Path) -> list[str]:
        """Make the folder only: the server fills it at its first start."""
        return ["mkdir", "-p", str(folder / "data" / "run")]

    def server_command(self, folder: Path) -> list[str]:
        return [
            self.server,
            f"--base-dir={folder / 'data'}",
            "--embedded",
            "--nodaemon",
            "--log-level",
            "ERROR",
            "--parameter",
            "memory_budget=1G",
            "--parameter",
            "log_disk_size=2G",
        ]
