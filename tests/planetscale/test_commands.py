"""What docs/deploy.md has one type, and what a branch allows, by the real pscale."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys

import pytest

from migrations.apply import apply
from migrations.files import read_migrations
from shared.database.connection import connect

NAME = read_migrations()[0].name


@pytest.fixture
def main(planetscale):
    return planetscale.branches["main"]


@pytest.fixture
def with_our_schema(main):
    with connect(main.url, 60) as connection:
        apply(connection, read_migrations(), lambda _line: None)


def pscale(*words):
    return subprocess.run(["pscale", *words], capture_output=True, text=True)


def connected(role, module):
    """Run a module of ours in `main`, with a password of this role."""
    command = shlex.join([sys.executable, "-m", *module.split()])
    protocol = ["--execute-protocol", "mysql", "--execute", command]
    return pscale("connect", "latchkey", "main", "--role", role, *protocol)


@pytest.mark.usefixtures("with_our_schema")
def test_the_lint_of_our_schema_finds_nothing(main):
    done = pscale("branch", "lint", "latchkey", "main", "--format", "json")

    assert (done.returncode, json.loads(done.stdout)) == (0, [])


@pytest.mark.usefixtures("with_our_schema")
def test_the_lint_names_the_code_and_the_table_of_what_it_finds(main):
    main.execute("CREATE TABLE notes (text VARCHAR(20)) ENGINE=InnoDB")

    done = pscale("branch", "lint", "latchkey", "main", "--format", "json")

    found = [(one["lint_error"], one["table_name"]) for one in json.loads(done.stdout)]
    assert found == [("NO_UNIQUE_KEY", "notes")]


@pytest.mark.usefixtures("with_our_schema")
def test_the_schema_of_a_branch_is_that_of_its_database(main):
    done = pscale("branch", "schema", "latchkey", "main", "--format", "json")

    assert {one["name"]: one["raw"] for one in json.loads(done.stdout)} == main.definitions()


def test_safe_migrations_are_switched_on_and_deploy_db_asks_for_it(main, deploy_db, capfd):
    main.safe_migrations = False
    status = deploy_db("--yes")
    next_command = capfd.readouterr().err.splitlines()[-1].removeprefix("Next: ")

    done = subprocess.run(next_command.split(), check=True)

    assert (status, done.returncode, main.safe_migrations) == (1, 0, True)
    assert deploy_db("--yes") == 0


def test_a_branch_that_is_not_needed_any_more_is_deleted(planetscale):
    planetscale.branches.create("old", "main")

    assert pscale("branch", "delete", "latchkey", "old", "--force").returncode == 0
    assert "old" not in planetscale.branches


def test_a_branch_with_safe_migrations_refuses_a_migration(main):
    done = connected("admin", "migrations")

    assert (done.returncode, main.tables()) == (1, [])
    assert "direct DDL is disabled" in done.stderr


@pytest.mark.usefixtures("with_our_schema")
@pytest.mark.parametrize(
    ("role", "module", "status"),
    [
        ("reader", "migrations.records", 0),
        ("reader", f"migrations.records forget {NAME}", 1),
        ("writer", "migrations.records", 1),
        ("readwriter", f"migrations.records forget {NAME}", 0),
        ("readwriter", "migrations.backfill", 0),
        ("readwriter", "migrations.sweep", 0),
        ("admin", "migrations", 0),
    ],
)
def test_a_role_may_do_what_its_name_says(role, module, status):
    done = connected(role, module)

    assert (done.returncode, "command denied" in done.stderr) == (status, status == 1)


def test_an_error_of_mysql_keeps_its_number_on_the_way(main):
    done = connected("readwriter", f"migrations.records forget {NAME}")  # there is no such table

    assert (done.returncode, f"forgot {NAME}" in done.stdout) == (0, True)
