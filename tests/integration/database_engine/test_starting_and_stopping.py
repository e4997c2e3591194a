"""How a private database server begins, ends, and survives what happens to its parent."""

from __future__ import annotations

import os
import signal
from contextlib import ExitStack
from pathlib import Path

import pytest

from local.database import Database, DatabaseUnavailable, choose_engine
from tests.integration.database_engine.servers import (
    environ,
    other_process,
    query,
    read_url,
    server_pids,
    servers_after,
    starting_process,
)

MYSQL_UNDER_APPARMOR = """\
#!/bin/sh
case "$*" in
*--version*) echo "mysqld  Ver 8.0.39-0ubuntu0.24.04.1 for Linux on x86_64 ((Ubuntu))" ;;
*) echo "[ERROR] [MY-010187] Could not open file (errno: 13 - Permission denied)"; exit 1 ;;
esac
"""


def test_stopping_leaves_no_process(database: Database, tmp_path: Path) -> None:
    database.start()
    assert server_pids(tmp_path)

    database.stop()

    assert server_pids(tmp_path) == []


def test_a_restart_keeps_rows_and_goes_on_counting(database: Database) -> None:
    database.start()
    query(database.url, "CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(9))")
    query(database.url, "INSERT INTO t (name) VALUES ('first')")
    database.stop()

    database.start()

    query(database.url, "INSERT INTO t (name) VALUES ('second')")
    assert query(database.url, "SELECT id, name FROM t ORDER BY id") == [
        (1, "first"),
        (2, "second"),
    ]


def test_a_killed_parent_takes_the_server_with_it(engine: str, tmp_path: Path) -> None:
    with other_process(engine, tmp_path) as parent:
        assert server_pids(tmp_path)

        parent.send_signal(signal.SIGKILL)

        assert servers_after(10, tmp_path) == []


def test_a_folder_whose_owner_was_killed_starts_at_once(
    engine: str, database: Database, tmp_path: Path
) -> None:
    with other_process(engine, tmp_path) as parent:
        parent.send_signal(signal.SIGKILL)
        parent.wait()

        database.start()

    assert query(database.url, "SELECT 1") == [(1,)]


def test_a_second_start_on_the_same_folder_says_who_has_it(
    engine: str, database: Database, tmp_path: Path
) -> None:
    with (
        other_process(engine, tmp_path) as owner,
        pytest.raises(DatabaseUnavailable, match=f"in use by process {owner.pid}"),
    ):
        database.start()


def test_a_data_folder_that_was_never_finished_is_made_anew(
    database: Database, tmp_path: Path
) -> None:
    database.start()
    database.stop()
    folder = _data_folder(tmp_path)
    (folder.parent / "complete").unlink()
    (folder / "half-made").write_text("interrupted")

    database.start()

    assert query(database.url, "SELECT 1") == [(1,)]
    assert not (folder / "half-made").exists()


@pytest.mark.parametrize("name", ["l" * 150, "two words", "clé"])
def test_any_folder_name_will_do(engine: str, tmp_path: Path, name: str) -> None:
    database = choose_engine(environ(engine), tmp_path / name, print)

    database.start()

    try:
        assert query(database.url, "SELECT 1") == [(1,)]
    finally:
        database.stop()


def test_servers_that_are_made_at_the_same_time_do_not_disturb_each_other(
    engine: str, tmp_path: Path
) -> None:
    with ExitStack() as running:
        neighbours = [
            running.enter_context(starting_process(engine, tmp_path / name)) for name in "abcd"
        ]

        urls = [read_url(neighbour) for neighbour in neighbours]

        assert [query(url, "SELECT 1") for url in urls] == [[(1,)]] * 4


def test_an_engine_that_may_not_run_here_gives_way_to_the_next(tmp_path: Path) -> None:
    refused = tmp_path / "mysqld"
    refused.write_text(MYSQL_UNDER_APPARMOR)
    refused.chmod(0o755)
    said: list[str] = []
    search_path = {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    database = choose_engine(search_path, tmp_path / "state", said.append)

    database.start()

    try:
        assert query(database.url, "SELECT 1") == [(1,)]
        assert "MySQL 8.0.39 could not make its data folder" in said[0]
        assert "errno: 13 - Permission denied" in said[0]
    finally:
        database.stop()


def test_another_engine_starts_empty_and_says_where_the_old_rows_are(
    engine: str, tmp_path: Path
) -> None:
    older = tmp_path / "database" / "mysql-5.7"
    older.mkdir(parents=True)
    (older / "complete").touch()
    said: list[str] = []
    database = choose_engine(environ(engine), tmp_path, said.append)

    database.start()
    database.stop()

    assert said == [
        f"{database.engine} starts with an empty database; "
        f"the rows of mysql-5.7 stay in {tmp_path / 'database'}"
    ]


def _data_folder(state_dir: Path) -> Path:
    [folder] = (state_dir / "database").glob("*/data")
    return folder
