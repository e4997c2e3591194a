"""The local cloud's database: the developer's own, or a private server on a Unix socket."""

from local.database.connection import configured_url, connect, host_of, is_local
from local.database.for_tools import database_for_tools
from local.database.protocol import Database, DatabaseUnavailable
from local.database.selection import choose_engine
from local.database.tables import Table, TablePage, Unreadable, read_page, tables

__all__ = [
    "Database",
    "DatabaseUnavailable",
    "Table",
    "TablePage",
    "Unreadable",
    "choose_engine",
    "configured_url",
    "connect",
    "database_for_tools",
    "host_of",
    "is_local",
    "read_page",
    "tables",
]
