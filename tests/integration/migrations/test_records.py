"""`python -m migrations.records` on a real database: a history that follows its schema."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from migrations.apply import apply
from migrations.files import read_migrations
from migrations.history import History

ROOT = Path(__file__).parents[3]
NAMES = [migration.name for migration in read_migrations()]


@pytest.fixture
def records(url_text):
    """Runs the command in a fresh database."""

    def run(*words):
        return subprocess.run(
            [sys.executable, "-m", "migrations.records", *words],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "DATABASE_URL": url_text},
            capture_output=True,
            text=True,
        )

    return run


def tables(connection):
    with connection.cursor() as cursor:
        cursor.execute("SHOW TABLES")
        return sorted(name for row in cursor for name in row.values())


def test_a_database_without_a_history_has_nothing_applied(records):
    done = records()

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_what_was_applied_is_listed_in_order(records, connection):
    apply(connection, read_migrations(), lambda _line: None)

    assert records().stdout.splitlines() == NAMES


def test_what_is_added_is_listed_and_runs_no_statement(records, connection):
    done = records("add", *NAMES)

    assert done.stdout.splitlines() == [f"recorded {name}" for name in NAMES]
    assert records().stdout.splitlines() == NAMES
    assert tables(connection) == ["schema_migrations"]


def test_what_is_added_is_not_applied_again(records, connection):
    records("add", *NAMES)

    assert apply(connection, read_migrations(), lambda _line: None) == 0


def test_adding_twice_is_adding_once(records):
    records("add", *NAMES)

    done = records("add", *NAMES)

    assert (done.returncode, records().stdout.splitlines()) == (0, NAMES)


def test_a_migration_that_another_run_left_half_done_can_be_added(records, connection):
    History(connection).claim(read_migrations()[0])

    records("add", NAMES[0])

    assert records().stdout.splitlines() == NAMES[:1]


def test_what_is_forgotten_is_to_be_applied_again(records):
    records("add", *NAMES)

    done = records("forget", NAMES[-1])

    assert done.stdout == f"forgot {NAMES[-1]}\n"
    assert records().stdout.splitlines() == NAMES[:-1]


@pytest.mark.parametrize("action", ["add", "forget"])
def test_a_migration_that_is_not_here_is_named(records, action):
    done = records(action, "0099_elsewhere")

    assert (done.returncode, done.stderr) == (
        1,
        "There is no migrations/0099_elsewhere.sql here.\n",
    )


def test_a_migration_that_was_edited_after_it_was_applied_is_named(records, connection):
    records("add", *NAMES)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE schema_migrations SET checksum = 'x' WHERE name = %s", (NAMES[0],))

    done = records()

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{NAMES[0]}.sql was edited after it had been applied here.")


def test_listing_creates_nothing(records, connection):
    records()

    assert tables(connection) == []


def test_nothing_is_created_where_the_history_is_there_already(records, connection, monkeypatch):
    records("add", *NAMES[:1])
    monkeypatch.setattr("migrations.history._CREATE_TABLE", "direct DDL is disabled")

    History(connection).record(read_migrations()[1])

    assert records().stdout.splitlines() == NAMES[:2]
