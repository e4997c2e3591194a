"""The local cloud's database: the developer's own, or a private server on a Unix socket."""

from local.database.at_hand import database_at_hand
from local.database.choice import choose_engine
from local.database.connection import configured_url, connect, host_of, is_local
from local.database.contract import Database, DatabaseUnavailable

__all__ = [
    "Database",
    "DatabaseUnavailable",
    "choose_engine",
    "configured_url",
    "connect",
    "database_at_hand",
    "host_of",
    "is_local",
]
