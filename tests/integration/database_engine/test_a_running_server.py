"""What a private database server is like to its clients, whichever engine it is."""

from __future__ import annotations

import sys
from pathlib import Path

import pymysql
import pytest

from local.database import Database
from tests.integration.database_engine.servers import (
    listening_inodes,
    query,
    server_pids,
    socket_inodes,
)


def test_it_offers_an_empty_database_called_latchkey(running: Database) -> None:
    assert query(running.url, "SELECT DATABASE()") == [("latchkey",)]
    assert query(running.url, "SHOW TABLES") == []


def test_it_names_itself_with_its_version(running: Database, engine: str) -> None:
    name, version = running.engine.split()

    assert name.lower() == engine
    assert version[0].isdigit()


def test_its_sessions_are_in_utc(running: Database) -> None:
    assert query(running.url, "SELECT TIMESTAMPDIFF(MINUTE, UTC_TIMESTAMP(), NOW())") == [(0,)]


def test_it_is_as_strict_as_mysql(running: Database) -> None:
    [[mode]] = query(running.url, "SELECT @@sql_mode")

    assert {"STRICT_TRANS_TABLES", "ONLY_FULL_GROUP_BY", "NO_ZERO_DATE"} <= set(
        str(mode).split(",")
    )


def test_it_refuses_a_value_that_is_too_long(running: Database) -> None:
    query(running.url, "CREATE TABLE short_names (id INT PRIMARY KEY, name VARCHAR(3))")

    with pytest.raises(pymysql.err.DataError) as refusal:
        query(running.url, "INSERT INTO short_names VALUES (1, 'four')")

    assert refusal.value.args[0] == 1406


def test_it_stores_text_of_every_plane(running: Database) -> None:
    query(running.url, "CREATE TABLE notes (id INT PRIMARY KEY, note VARCHAR(20))")

    query(running.url, "INSERT INTO notes VALUES (1, 'clé 🗝')")

    assert query(running.url, "SELECT note FROM notes") == [("clé 🗝",)]


@pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's table of open sockets")
def test_it_opens_no_port(running: Database, state_dir: Path) -> None:
    [server] = server_pids(state_dir)

    assert socket_inodes(server) & listening_inodes() == set()
