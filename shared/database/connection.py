"""Connecting to the database: verified TLS, timeouts, and times as RFC 3339."""

from __future__ import annotations

import io
import re
import socket
import time
from contextlib import closing, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import pymysql
from pymysql.constants import CLIENT, FIELD_TYPE
from pymysql.converters import conversions
from pymysql.cursors import DictCursor

from shared import stopwatch, tls
from shared.settings.database_url import DatabaseUrl

DATABASE_CONNECT_SECONDS = 3

# A UTC time such as `2026-01-31 09:00:00.123456` becomes `2026-01-31T09:00:00.123456Z`.
_RFC_3339 = partial(re.compile(" (.+)").sub, r"T\1Z")

if TYPE_CHECKING:

    class _Connection(pymysql.Connection[DictCursor]):
        _sock: Any
        _rfile: Any
        _write_timeout: float

        def connect(self, sock: socket.socket | None = None) -> None: ...
        def _force_close(self) -> None: ...
        def thread_id(self) -> int: ...

else:
    _Connection = pymysql.Connection


class TimedConnection(_Connection):
    """A connection whose answers have a point in time at which they must be complete.

    PyMySQL has no public name for its socket and its reader.
    """

    def connect(self, sock: socket.socket | None = None) -> None:
        """Connect within 3 s or what the invocation has left, from the host's name to the login."""
        try:
            stopwatch.in_time(lambda: _Connection.connect(self, sock), DATABASE_CONNECT_SECONDS)
        except TimeoutError:
            self._hang_up()
            raise
        self.reader = stopwatch.TimedReader(self._sock)
        self._rfile = io.BufferedReader(self.reader)

    def _hang_up(self) -> None:
        """End a wait for the server in another thread, which closes the socket then."""
        if self._sock:
            with suppress(OSError):  # the server may have hung up already
                self._sock.shutdown(socket.SHUT_RDWR)


def end_statement(url: DatabaseUrl, connection: TimedConnection) -> bool:
    """Have the server end what a connection waits for, over another one; whether it said yes.

    Closing a connection does not end a statement that waits for a lock: it would be applied later.
    Vitess says no unless its vtgate was started with --allow-kill-statement, and knows the
    connections of this one vtgate only (vitessio/vitess, pull request 13371).
    """
    try:
        with stopwatch.last_word(), closing(connect(url, DATABASE_CONNECT_SECONDS)) as other:
            other.reader.ends_at = time.monotonic() + stopwatch.seconds_left(1)
            other.query(f"KILL QUERY {connection.thread_id():d}")
    except Exception:  # also an answer that nobody can read
        return False
    return True


def connect(url: DatabaseUrl, statement_seconds: int) -> TimedConnection:
    """A new connection, over verified TLS unless the database is on this machine.

    Sending a statement may take `statement_seconds`. Raises pymysql.OperationalError when it is
    refused, or TimeoutError.
    """
    return TimedConnection(
        host=url.host,
        port=url.port,
        unix_socket=url.unix_socket,
        user=url.user,
        password=url.password,
        database=url.database,
        charset="utf8mb4",
        autocommit=True,
        client_flag=CLIENT.MULTI_STATEMENTS,
        cursorclass=DictCursor,
        conv={**conversions, FIELD_TYPE.DATETIME: _RFC_3339},
        connect_timeout=DATABASE_CONNECT_SECONDS,
        read_timeout=statement_seconds,
        write_timeout=statement_seconds,
        # PyMySQL checks the certificate and the host's name only if it is given a context.
        ssl=None if url.is_local else tls.context(),
        ssl_disabled=url.is_local,
    )
