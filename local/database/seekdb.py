"""seekdb, OceanBase's embeddable server in MySQL mode: the one that `pip install` brings.

Its Python module is never imported: it starts the server with telemetry on. The binary inside the
wheel is started here instead (`pylibseekdb` 1.4.0.post1), as an embedded server without a port.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
from pathlib import Path

from local.database.engine import Engine
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


def find_seekdb(search_path: str) -> Engine | None:  # noqa: ARG001 - every engine's finder has it
    """Find the server inside the wheel; there is none for Intel Macs, Alpine and Windows."""
    module = importlib.util.find_spec(PACKAGE)
    if module is None or module.origin is None:
        return None
    server = Path(module.origin).with_name("seekdb")
    return _seekdb(str(server), importlib.metadata.version(PACKAGE)) if server.exists() else None


def _seekdb(server: str, version: str) -> Engine:
    return Engine(
        title=f"seekdb {version.partition('.post')[0]}",
        folder_name=f"seekdb-{version}",  # no version opens the folder of another
        # The server fills the folder at its first start.
        initialise=lambda folder: ["mkdir", "-p", str(folder / "data" / "run")],
        serve=lambda folder: [
            server,
            f"--base-dir={folder / 'data'}",
            "--embedded",
            "--nodaemon",
            *("--log-level", "ERROR"),
            *("--parameter", "memory_budget=1G"),
            *("--parameter", "log_disk_size=2G"),
        ],
        socket="data/run/sql.sock",
        client_lock="data/run/seekdb.clients",
        statements=STATEMENTS,
    )
