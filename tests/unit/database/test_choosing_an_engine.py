"""Which database the local cloud takes, and what it says when there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from local.database import DatabaseUnavailable, choose_engine, selection
from local.database.mariadb import find_mariadb
from local.database.mysql import find_mysql
from local.database.protocol import DatabaseInUse, EngineFailed
from local.database.selection import FirstThatStarts

URL = "mysql://ada:secret@db.example.com/latchkey"


class Candidate:
    """A database that starts, or fails with the given error."""

    def __init__(self, engine: str, error: DatabaseUnavailable | None = None) -> None:
        self.engine = engine
        self.url = f"mysql://{engine}"
        self.started = False
        self._error = error

    def start(self) -> None:
        if self._error is not None:
            raise self._error
        self.started = True

    def stop(self) -> None:
        self.started = False


def install(folder: Path, name: str, prints: str) -> None:
    """A server program that answers `--version`, and whatever else, with one line."""
    program = folder / name
    program.write_text(f"#!/bin/sh\necho '{prints}'\n")
    program.chmod(0o755)


class TestDatabaseUrl:
    def test_it_wins_over_every_engine(self, tmp_path: Path) -> None:
        environ = {"DATABASE_URL": URL, "DEV_DB": "mariadb"}

        assert choose_engine(environ, tmp_path, print).url == URL

    def test_its_name_shows_the_host_and_no_password(self, tmp_path: Path) -> None:
        database = choose_engine({"DATABASE_URL": URL}, tmp_path, print)

        assert database.engine == "DATABASE_URL (db.example.com)"

    def test_nothing_is_kept_or_started_for_it(self, tmp_path: Path) -> None:
        database = choose_engine({"DATABASE_URL": URL}, tmp_path, print)

        database.start()
        database.stop()

        assert list(tmp_path.iterdir()) == []


class TestDevDb:
    def test_an_unknown_name_is_refused_with_the_known_ones(self, tmp_path: Path) -> None:
        with pytest.raises(
            DatabaseUnavailable, match="oracle is not one of mysql, mariadb, seekdb"
        ):
            choose_engine({"DEV_DB": "oracle"}, tmp_path, print)

    def test_an_engine_that_is_missing_is_an_error_and_not_another_engine(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(selection, "FINDERS", {"mysql": lambda _path: None})

        with pytest.raises(DatabaseUnavailable, match="DEV_DB=mysql, but that is not installed"):
            choose_engine({"DEV_DB": "mysql"}, tmp_path, print)


def test_without_any_engine_every_system_is_told_how_to_get_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selection, "FINDERS", {"mysql": lambda _path: None})

    with pytest.raises(DatabaseUnavailable, match=r"(?s)Debian.*Fedora.*Alpine.*macOS"):
        choose_engine({}, tmp_path, print)


class TestFindingServers:
    @pytest.mark.parametrize(
        "version",
        [
            "mysqld  Ver 9.7.4 for Linux on x86_64 (MySQL Community Server - GPL)",
            "/usr/sbin/mysqld  Ver 9.7.4-0ubuntu0.26.04.1 for Linux on aarch64 ((Ubuntu))",
        ],
    )
    def test_mysql_is_known_by_its_version(self, tmp_path: Path, version: str) -> None:
        install(tmp_path, "mysqld", version)

        mysql = find_mysql(str(tmp_path))

        assert mysql is not None
        assert (mysql.title, mysql.folder_name) == ("MySQL 9.7.4", "mysql-9.7")

    def test_mariadb_under_the_name_of_mysql_is_not_mysql(self, tmp_path: Path) -> None:
        install(tmp_path, "mysqld", "mysqld  Ver 10.11.19-MariaDB-0+deb12u1 for debian-linux-gnu")

        assert find_mysql(str(tmp_path)) is None

    def test_a_server_that_cannot_run_here_is_not_found(self, tmp_path: Path) -> None:
        install(tmp_path, "mysqld", "error while loading shared libraries")

        assert find_mysql(str(tmp_path)) is None

    def test_mariadb_is_known_by_its_version(self, tmp_path: Path) -> None:
        install(tmp_path, "mariadbd", "mariadbd  Ver 11.8.9-MariaDB-3 from Debian on x86_64")
        install(tmp_path, "mariadb-install-db", "")

        mariadb = find_mariadb(str(tmp_path))

        assert mariadb is not None
        assert (mariadb.title, mariadb.folder_name) == ("MariaDB 11.8.9", "mariadb-11.8")


class TestFallingThrough:
    def test_the_first_that_starts_is_used(self) -> None:
        said: list[str] = []
        broken = Candidate("mysql", EngineFailed("mysql did not start: errno 13"))
        database = FirstThatStarts([broken, Candidate("mariadb"), Candidate("seekdb")], said.append)

        database.start()

        assert (database.engine, database.url) == ("mariadb", "mysql://mariadb")
        assert said == ["mysql did not start: errno 13"]

    def test_stopping_ends_the_one_that_was_started(self) -> None:
        seekdb = Candidate("seekdb")
        database = FirstThatStarts([Candidate("mysql", EngineFailed("no")), seekdb], print)
        database.start()

        database.stop()

        assert not seekdb.started

    def test_a_folder_in_use_is_no_reason_for_another_engine(self) -> None:
        busy = Candidate("mysql", DatabaseInUse("in use"))
        database = FirstThatStarts([busy, Candidate("seekdb")], print)

        with pytest.raises(DatabaseInUse):
            database.start()

    def test_when_none_starts_all_reasons_are_given(self) -> None:
        candidates = [Candidate(name, EngineFailed(f"{name} broke")) for name in ("a", "b")]

        with pytest.raises(DatabaseUnavailable, match=r"(?s)a broke.*b broke.*apt install"):
            FirstThatStarts(candidates, print).start()
