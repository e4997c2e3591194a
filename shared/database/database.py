"""One connection for each warm process: opened when it is first needed, reused, replaced when dead.

A batch of statements travels as one packet, so that a write and the read of its result cost one
round trip (CLIENT_MULTI_STATEMENTS, which Vitess supports). Texts of statements are constants;
values are parameters, always.
"""

from __future__ import annotations

import select
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pymysql
from pymysql.constants import ER
from pymysql.cursors import DictCursor

from shared import stopwatch
from shared.database.connection import connect
from shared.errors import Unavailable
from shared.settings.database_url import DatabaseUrl
from shared.settings.settings import SettingsError, reread_settings, settings

READ_SECONDS = 8
IDLE_SECONDS = 60.0

Row = dict[str, Any]
Params = Mapping[str, Any]

# Rolled back whole by the server, so that a second run is the first: lock wait timeout, deadlock,
# and seekdb's "can't serialize access".
_ROLLED_BACK = frozenset({1205, 1213, 6235})
# Lost connections: gone away, lost, lost while reading, shut down for idleness.
_LOST = frozenset({0, 2006, 2013, 2055, 4031})
_NEVER_SENT = frozenset({2006})


@dataclass(frozen=True)
class Written:
    """Rows that the first statement of a batch changed, and the rows that the last one read."""

    affected: int
    rows: list[Row]


class Database:
    """Runs statements; every call is one round trip on a warm connection.

    Each raises Unavailable when the database cannot be reached or gives up. A dead connection is
    replaced and the batch run again, once, where a second run can do no harm.
    """

    def __init__(self, url: Callable[[], DatabaseUrl]) -> None:
        """`url` is asked at each connection, since a password may be rotated."""
        self._url = url
        self._connection: pymysql.Connection[DictCursor] | None = None
        self._used_at = 0.0

    def read(self, sql: str, params: Params) -> list[Row]:
        """The rows that a SELECT finds; run again after a lost connection."""
        return self._run(sql, params, _LOST).rows

    def write(self, sql: str, params: Params) -> Written:
        """Run a batch that must not run twice: again only if it never reached the server."""
        return self._run(sql, params, _NEVER_SENT)

    def write_repeatable(self, sql: str, params: Params) -> Written:
        """Run a batch whose second run changes nothing: it carries a key, or sets fixed values."""
        return self._run(sql, params, _LOST)

    def close(self) -> None:
        """Let go of the connection; the next call opens another."""
        if self._connection is not None:
            self._connection._force_close()  # type: ignore[attr-defined]  # no goodbye: it may be dead
            self._connection = None

    def _run(self, sql: str, params: Params, repeat_on: frozenset[int]) -> Written:
        with stopwatch.database():
            try:
                return self._execute(sql, params)
            except (pymysql.OperationalError, pymysql.InternalError, pymysql.InterfaceError) as e:
                if _number(e) not in repeat_on | _ROLLED_BACK or _is_stalled(e):
                    raise _unavailable() from e
            try:
                return self._execute(sql, params)
            except (pymysql.OperationalError, pymysql.InternalError, pymysql.InterfaceError) as e:
                raise _unavailable() from e

    def _execute(self, sql: str, params: Params) -> Written:
        connection = self._ready_connection()
        try:
            with connection.cursor() as cursor:
                affected = cursor.execute(sql, params)
                rows = list(cursor.fetchall())
                while cursor.nextset():
                    rows = list(cursor.fetchall())
        except BaseException:
            self.close()  # results of the batch may still be under way
            raise
        self._used_at = time.monotonic()
        return Written(affected, rows)

    def _ready_connection(self) -> pymysql.Connection[DictCursor]:
        if self._connection is not None and not self._is_usable(self._connection):
            self.close()
        if self._connection is None:
            self._connection = self._connect()
        return self._connection

    def _connect(self) -> pymysql.Connection[DictCursor]:
        try:
            return connect(self._url(), READ_SECONDS)
        except pymysql.OperationalError as error:
            if _number(error) != ER.ACCESS_DENIED_ERROR or not _reread_settings():
                raise
        return connect(self._url(), READ_SECONDS)

    def _is_usable(self, connection: pymysql.Connection[DictCursor]) -> bool:
        """Fresh, and with nothing to read: a server says goodbye to an idle connection unasked."""
        if time.monotonic() - self._used_at > IDLE_SECONDS:
            return False
        socket = connection._sock  # type: ignore[attr-defined]
        readable, _, _ = select.select([socket], [], [], 0)
        return not readable


@cache
def database() -> Database:
    """This process's database; connecting waits until the first statement."""
    return Database(lambda: settings().database_url)


@cache
def reader() -> Database:
    """The database as whoever may only read it, where `DATABASE_URL_READER` names one."""
    if settings().database_url_reader is None:
        return database()
    return Database(lambda: settings().database_url_reader or settings().database_url)


def _reread_settings() -> bool:
    try:
        return reread_settings()
    except SettingsError:
        return False


def _is_stalled(error: pymysql.MySQLError) -> bool:
    """Whether time ran out: the server lives, and there is none left to ask it again."""
    return isinstance(error.__context__, TimeoutError)


def _number(error: pymysql.MySQLError) -> int:
    return int(error.args[0]) if error.args and isinstance(error.args[0], int) else -1


def _unavailable() -> Unavailable:
    return Unavailable(
        "database_unavailable", "The database does not answer at the moment. Please try again."
    )
