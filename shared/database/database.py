"""One connection for each warm process: opened for the first statement, reused, replaced when dead.

A batch of statements travels as one packet, so that a write and the read of its result cost one
round trip (CLIENT_MULTI_STATEMENTS, which Vitess supports). Texts of statements are constants;
values are always parameters.
"""

import select
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

import pymysql

from shared import spans, stopwatch
from shared.database import driver_errors
from shared.database.connection import TimedConnection, connect, end_statement
from shared.errors import DatabaseUnavailable, WriteInDoubt
from shared.process import kept
from shared.settings.database_url import DatabaseUrl
from shared.settings.settings import SettingsError, reread, settings

STATEMENT_SECONDS = 8
IDLE_SECONDS = 60.0

# It names a table: Vitess answers a plain SELECT 1 itself, also while its database is down.
CHECK = "SELECT 1 FROM deleted_accounts LIMIT 1"

Row = dict[str, Any]
Params = Mapping[str, Any]


class Written(NamedTuple):
    """How many rows the first statement of a batch changed, and the rows that the last one read."""

    rows_changed: int
    rows: list[Row]


class Database:
    """Runs statements; every call is one round trip on a warm connection.

    Each raises DatabaseUnavailable when the database cannot be reached, gives up or answers what
    nobody can read (WriteInDoubt where a write may be applied all the same), and SchemaBehind when
    a migration has not run. A dead connection is replaced and the batch run again, once, where a
    second run does no harm. A statement whose answer is late is ended at the server.
    """

    def __init__(self, url: Callable[[], DatabaseUrl]) -> None:
        """`url` is asked at each connection, since a password may be rotated."""
        self._url = url
        self._connection: TimedConnection | None = None
        self._used_at = 0.0

    def read(self, sql: str, params: Params) -> list[Row]:
        """The rows that a SELECT finds; run again after a lost connection."""
        with _translated_errors(DatabaseUnavailable):
            return self._run(sql, params, driver_errors.LOST).rows

    def write(self, sql: str, params: Params) -> Written:
        """Run a batch that must not run twice: again only if it never reached the server."""
        with _translated_errors(WriteInDoubt):
            return self._run(sql, params, driver_errors.NEVER_SENT)

    def write_idempotent(self, sql: str, params: Params) -> Written:
        """Run a batch whose second run changes nothing: it carries a key, or sets fixed values."""
        with _translated_errors(WriteInDoubt):
            return self._run(sql, params, driver_errors.LOST)

    def close(self) -> None:
        """Drop the connection, without the protocol's last message: it may be dead."""
        if self._connection is not None:
            self._connection._force_close()
            self._connection = None

    def _run(self, sql: str, params: Params, run_again_on: frozenset[int]) -> Written:
        with stopwatch.waiting_for("database"):
            try:
                return self._execute(sql, params)
            except Exception as error:
                if not driver_errors.may_run_again(error, run_again_on):
                    raise
                return self._execute(sql, params)

    @spans.recorded(
        "statement",
        lambda _, sql, __: {"text": sql},
        lambda written: {"rows": len(written.rows), "rows_changed": written.rows_changed},
    )
    def _execute(self, sql: str, params: Params) -> Written:
        connection = self._ready_connection()
        seconds = stopwatch.seconds_left(STATEMENT_SECONDS)
        connection.reader.ends_at = time.monotonic() + seconds
        connection._write_timeout = seconds
        try:
            with connection.cursor() as cursor:
                rows_changed = cursor.execute(sql, params)
                rows = list(cursor.fetchall())
                while cursor.nextset():
                    rows = list(cursor.fetchall())
        except BaseException as error:
            self.close()  # further results of the batch may still arrive
            if driver_errors.is_stalled(error) and end_statement(self._url(), connection):
                raise DatabaseUnavailable from error
            raise
        self._used_at = time.monotonic()
        return Written(rows_changed, rows)

    def _ready_connection(self) -> TimedConnection:
        if self._connection is not None and not self._is_usable(self._connection):
            self.close()
        if self._connection is None:
            self._connection = self._connect()
        return self._connection

    @spans.recorded("connect")
    def _connect(self) -> TimedConnection:
        try:
            return connect(self._url(), STATEMENT_SECONDS)
        except pymysql.OperationalError as error:
            if not (driver_errors.is_access_denied(error) and _password_was_rotated()):
                raise
        return connect(self._url(), STATEMENT_SECONDS)

    def _is_usable(self, connection: TimedConnection) -> bool:
        """Idle for at most a minute, and nothing to read: pending data means the server hung up."""
        if time.monotonic() - self._used_at > IDLE_SECONDS:
            return False
        socket = connection._sock
        readable, _, _ = select.select([socket], [], [], 0)
        return not readable


@kept
def database() -> Database:
    """This process's database; it connects for the first statement."""
    return Database(lambda: settings().database_url)


@kept
def reader() -> Database:
    """The database with the credentials of `DATABASE_URL_READER`, where that is set."""
    if settings().database_url_reader is None:
        return database()
    return Database(lambda: settings().database_url_reader or settings().database_url)


def check() -> None:
    """Ask the database for an answer; raises DatabaseUnavailable when there is none."""
    reader().read(CHECK, {})


@contextmanager
def _translated_errors(unanswered: type[DatabaseUnavailable]) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        translated = driver_errors.translated(error, unanswered)
        if translated is error:
            raise
        raise translated from error


def _password_was_rotated() -> bool:
    try:
        return reread()
    except SettingsError:
        return False
