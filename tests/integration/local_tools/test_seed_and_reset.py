"""`make seed` and `make reset`, on a real database."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from local.commands import reset, seed
from local.database import choose_engine, connect
from local.identity import IdentityConfig, seed_users
from local.kit.clock import Clock
from local.kit.store import Store
from local.state_dir import StateDir

REMOTE = "mysql://ada:secret@db.example.com/latchkey"


def rows(state_dir: Path, statement: str) -> list[tuple[object, ...]]:
    """What the private database of the folder answers, started for this one question."""
    database = choose_engine(os.environ, state_dir, print)
    database.start()
    try:
        with connect(database.url) as connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall())
    finally:
        database.stop()


class TestSeed:
    def test_it_makes_the_schema_and_as_many_issues_as_asked_for(self, tmp_path: Path) -> None:
        assert seed.main(["1234", "--state", str(tmp_path)]) == 0

        assert rows(tmp_path, "SELECT COUNT(*) FROM issues") == [(1234,)]

    def test_state_of_another_version_is_left_alone(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "version").write_text("0")

        assert seed.main(["10", "--state", str(tmp_path)]) == 1

        assert "`make reset` deletes it" in capsys.readouterr().err
        assert not (tmp_path / "database").exists()

    def test_it_adds_to_what_is_there(self, tmp_path: Path) -> None:
        seed.main(["10", "--state", str(tmp_path)])

        seed.main(["10", "--state", str(tmp_path)])

        counted = "SELECT (SELECT COUNT(*) FROM issues), (SELECT COUNT(*) FROM users)"
        assert rows(tmp_path, counted) == [(20, 100)]

    def test_the_demo_users_own_some_of_the_issues(self, tmp_path: Path) -> None:
        store = Store(tmp_path / "store.sqlite3")
        seed_users(store, IdentityConfig("http://localhost:8888", "s" * 32), Clock())
        [ada] = store.collection("identity_users").find(email="ada@example.com")
        store.close()

        seed.main(["204", "--state", str(tmp_path)])

        hers = (
            f"SELECT assignee_name, COUNT(*) FROM issues WHERE assignee_id = 'netlify:{ada['id']}'"
        )
        assert rows(tmp_path, f"{hers} GROUP BY assignee_name") == [("Ada Lovelace", 2)]

    def test_it_fills_the_database_that_is_running(self, tmp_path: Path) -> None:
        database = choose_engine(os.environ, tmp_path, print)
        database.start()
        try:
            assert seed.main(["5", "--state", str(tmp_path)]) == 0

            with connect(database.url) as connection, connection.cursor() as cursor:
                cursor.execute("SELECT COUNT(*) FROM issues")
                assert cursor.fetchone() == (5,)
        finally:
            database.stop()

    def test_it_refuses_a_database_on_another_machine(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", REMOTE)

        assert seed.main(["--state", str(tmp_path)]) == 1

        said = capsys.readouterr().err
        assert "db.example.com, not on this machine" in said
        assert "--yes-really" in said
        assert "secret" not in said

    @pytest.mark.parametrize("count", ["0", "-1", "many", "1.5", ""])
    def test_it_refuses_what_is_no_number_of_rows(
        self, tmp_path: Path, count: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit) as end:
            seed.main(["--state", str(tmp_path), "--", count])

        assert end.value.code == 2
        assert "is not a number of rows" in capsys.readouterr().err


class TestReset:
    def test_it_deletes_the_folder(self, tmp_path: Path) -> None:
        state = StateDir(tmp_path / "state")
        state.acquire()
        state.release()

        assert reset.main(["--state", str(tmp_path / "state")]) == 0

        assert not (tmp_path / "state").exists()

    def test_it_is_content_when_there_is_nothing_to_delete(self, tmp_path: Path) -> None:
        assert reset.main(["--state", str(tmp_path / "state")]) == 0

    def test_it_refuses_while_the_local_cloud_runs(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        state = StateDir(tmp_path)
        state.acquire()

        assert reset.main(["--state", str(tmp_path)]) == 1

        assert f"runs (process {os.getpid()}). Stop it first" in capsys.readouterr().err
        assert tmp_path.exists()
        state.release()

    def test_it_refuses_a_folder_that_is_not_its_own(self, tmp_path: Path) -> None:
        (tmp_path / "thesis.txt").write_text("years of work")

        assert reset.main(["--state", str(tmp_path)]) == 1

        assert (tmp_path / "thesis.txt").exists()

    def test_it_refuses_while_the_database_is_on_another_machine(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", REMOTE)

        assert reset.main(["--state", str(tmp_path)]) == 1

        assert "at db.example.com, and its rows stay" in capsys.readouterr().err
