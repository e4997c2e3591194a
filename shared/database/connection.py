"""Connecting to the database: verified TLS, timeouts, one round trip once TLS is up."""

from __future__ import annotations

import ssl
from functools import cache

import pymysql
from pymysql.constants import CLIENT
from pymysql.cursors import DictCursor

from shared.settings.database_url import DatabaseUrl

CONNECT_SECONDS = 3


def connect(url: DatabaseUrl, read_seconds: int) -> pymysql.Connection[DictCursor]:
    """A new connection, over verified TLS unless the database is on this machine.

    Statements may take `read_seconds`; raises pymysql.OperationalError when there is no way in.
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
        connect_timeout=CONNECT_SECONDS,
        read_timeout=read_seconds,
        write_timeout=read_seconds,
        ssl=None if url.is_local else _tls_context(),
        ssl_disabled=url.is_local,
    )


@cache
def _tls_context() -> ssl.SSLContext:
    """The only setting under which PyMySQL checks both the certificate and the host's name."""
    return ssl.create_default_context()
