"""`python -m migrations.deploy` with a stand-in for `pscale` whose branches are real databases."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from migrations import deploy, deployment
from migrations.apply import apply
from migrations.files import read_migrations
from migrations.history import History
from shared.database.connection import connect

FAKE = Path(__file__).with_name("pscale_over_databases.py")
MIGRATIONS = read_migrations()
NAMES = [migration.name for migration in MIGRATIONS]
BRANCH = f"migrations-{NAMES[-1].partition('_')[0]}"
OURS = ["deleted_accounts", "issues", "schema_migrations", "throttles", "users"]


@pytest.fixture
def open_branch(server_url, tmp_path, monkeypatch):
    """Opens a connection to a branch; the database `main` is empty."""
    program = tmp_path / "bin" / "pscale"
    program.parent.mkdir()
    program.write_text(f"#!{sys.executable}\n{FAKE.read_text()}")
    program.chmod(0o755)
    world = tmp_path / "planetscale.json"
    world.write_text(json.dumps({"branches": ["main"], "requests": []}))
    socket = quote(server_url.unix_socket, safe="")
    server = {
        "unix_socket": server_url.unix_socket,
        "user": server_url.user,
        "password": server_url.password,
    }
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("FAKE_PSCALE_FILE", str(world))
    monkeypatch.setenv("FAKE_PSCALE_SERVER", json.dumps(server))
    monkeypatch.setenv(
        "FAKE_PSCALE_URL",
        f"mysql://{server_url.user}@localhost/{{database}}?unix_socket={socket}",
    )
    monkeypatch.setattr(deployment, "POLL_SECONDS", 0.0)
    with connect(server_url, 60) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE planetscale_main")
        yield lambda name: connect(
            replace(server_url, database=f"planetscale_{name.replace('-', '_')}"), 60
        )
        for name in ("main", BRANCH):
            cursor.execute(f"DROP DATABASE IF EXISTS planetscale_{name.replace('-', '_')}")


def tables(connection):
    with connection.cursor() as cursor:
        cursor.execute("SHOW TABLES")
        return sorted(name for row in cursor for name in row.values())


def recorded(connection):
    """The checksums of what is applied, by name."""
    return {name: record.checksum for name, record in History(connection).records().items()}


ALL = {migration.name: migration.checksum for migration in MIGRATIONS}


def test_an_empty_main_gets_the_schema_and_its_history(open_branch):
    status = deploy.main(["--yes"])

    with open_branch("main") as main:
        assert (status, tables(main), recorded(main)) == (0, OURS, ALL)


def test_a_second_run_has_nothing_to_do(open_branch, capfd):
    deploy.main(["--yes"])
    capfd.readouterr()

    assert deploy.main(["--yes"]) == 0
    assert capfd.readouterr().out.endswith("main is up to date\n")


def test_a_branch_of_a_main_that_has_some_gets_their_history_and_applies_the_rest(
    open_branch, capfd
):
    with open_branch("main") as main:
        apply(main, MIGRATIONS[:1], lambda _line: None)

    deploy.main(["--yes"])

    said = capfd.readouterr().out
    assert [f"recorded {NAMES[0]}" in said, f"applied {NAMES[0]}" in said] == [True, False]
    assert f"applied {NAMES[1]}" in said
    with open_branch("main") as main, open_branch(BRANCH) as branch:
        assert (tables(main), recorded(main), recorded(branch)) == (OURS, ALL, ALL)


def test_a_revert_of_everything_takes_the_history_with_it(open_branch):
    deploy.main(["--yes"])

    status = deploy.main(["revert", "1"])

    with open_branch("main") as main:
        assert (status, tables(main)) == (0, [])


def test_what_was_reverted_can_be_deployed_again(open_branch):
    deploy.main(["--yes"])
    deploy.main(["revert", "1"])

    status = deploy.main(["--yes"])

    with open_branch("main") as main:
        assert (status, tables(main), recorded(main)) == (0, OURS, ALL)


def test_a_revert_of_the_newest_leaves_the_history_of_the_others(open_branch):
    with open_branch("main") as main:
        apply(main, MIGRATIONS[:1], lambda _line: None)
    deploy.main(["--yes"])

    deploy.main(["revert", "1"])

    with open_branch("main") as main:
        assert list(recorded(main)) == NAMES[:1]
