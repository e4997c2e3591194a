"""Connecting to the database: verified TLS, timeouts, and times as RFC 3339."""

from __future__ import annotations

import re
from functools import partial
from typing import TypeAlias

import pymysql
from pymysql.constants import CLIENT, FIELD_TYPE
from pymysql.converters import conversions
from pymysql.cursors import DictCursor

from shared import tls
from shared.settings.database_url import DatabaseUrl

Connection: TypeAlias = "pymysql.Connection[DictCursor]"

DATABASE_CONNECT_SECONDS = 3

# A UTC time such as `2026-01-31 09:00:00.123456` becomes `2026-01-31T09:00:00.123456Z`.
_RFC_3339 = partial(re.compile(" (.+)").sub, r"T\1Z")


def connect(url: DatabaseUrl, statement_seconds: int) -> Connection:
    """A new connection, over verified TLS unless the database is on this machine.

    Statements may take `statement_seconds`. Raises pymysql.OperationalError when it is refused, or
    not made within 3 s.
    """
    return pymysql.connect(
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
