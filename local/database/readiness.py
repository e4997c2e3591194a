"""Waits until a new server accepts connections, then runs its set-up statements."""

from __future__ import annotations

import socket
import time
from collections.abc import Sequence
from pathlib import Path

import pymysql
from pymysql.connections import Connection
from pymysql.cursors import Cursor

from local.database.server_process import ServerProcess

READY_SECONDS = 60
POLL_SECONDS = 0.01


def wait_until_ready(process: ServerProcess, path: Path) -> None:
    """Return as soon as the server answers; raises EngineFailed when it ends or takes too long."""
    deadline = time.monotonic() + READY_SECONDS
    while not _answers(path):
        process.raise_if_ended()
        if time.monotonic() > deadline:
            raise process.failure(f"no answer within {READY_SECONDS} seconds")
        time.sleep(POLL_SECONDS)


def prepare_database(process: ServerProcess, path: Path, statements: Sequence[str]) -> None:
    """Run the statements that each start needs; raises EngineFailed when one is refused."""
    try:
        with _connect(path) as connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    except pymysql.Error as error:
        raise process.failure(str(error)) from error


def _answers(path: Path) -> bool:
    if not _listens(path):
        return False
    try:
        _connect(path).close()
    except pymysql.Error:  # it listens, but is still busy starting
        return False
    return True


def _listens(path: Path) -> bool:
    """Tell whether anything listens; PyMySQL would leave its socket open where nothing does."""
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(path)) == 0


def _connect(path: Path) -> Connection[Cursor]:
    return pymysql.connect(
        unix_socket=str(path),
        user="root",
        ssl_disabled=True,
        autocommit=True,
        connect_timeout=5,
        read_timeout=30,
    )
