"""The first words with a server that has just been started."""

from __future__ import annotations

import time
from pathlib import Path

import pymysql
from pymysql.connections import Connection
from pymysql.cursors import Cursor

from local.database.server_process import ServerProcess

READY_SECONDS = 60
POLL_SECONDS = 0.01


def wait_until_ready(process: ServerProcess, socket: Path) -> None:
    """Return as soon as the server answers; raises EngineFailed when it ends or takes too long."""
    deadline = time.monotonic() + READY_SECONDS
    while not _answers(socket):
        process.raise_if_ended()
        if time.monotonic() > deadline:
            raise process.failure(f"no answer within {READY_SECONDS} seconds")
        time.sleep(POLL_SECONDS)


def prepare_database(socket: Path, name: str, settings: tuple[str, ...]) -> None:
    """Apply the engine's settings and make the database `name`, if it is new."""
    with _connect(socket) as connection, connection.cursor() as cursor:
        for statement in settings:
            cursor.execute(statement)
        cursor.execute(f"CREATE DATABASE IF NOT EXISTS `{name}`")


def _answers(socket: Path) -> bool:
    try:
        _connect(socket).close()
    except pymysql.Error:
        return False
    return True


def _connect(socket: Path) -> Connection[Cursor]:
    return pymysql.connect(
        unix_socket=str(socket),
        user="root",
        ssl_disabled=True,
        autocommit=True,
        connect_timeout=5,
        read_timeout=30,
    )
