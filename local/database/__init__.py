"""The local cloud's database: the developer's own, or a private server on a Unix socket."""

from local.database.choice import choose_engine
from local.database.contract import Database, DatabaseUnavailable

__all__ = ["Database", "DatabaseUnavailable", "choose_engine"]
