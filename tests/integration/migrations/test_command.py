"""`python -m migrations`, as `make migrate` runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from migrations.files import read_migrations

ROOT = Path(__file__).parents[3]


def run(**environ):
    return subprocess.run(
        [sys.executable, "-m", "migrations"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]} | environ,
        capture_output=True,
        text=True,
    )


def test_a_fresh_database_is_brought_up_to_date(url_text):
    done = run(DATABASE_URL=url_text)

    expected = [f"applied {migration.name}" for migration in read_migrations()]
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [*expected, f"{len(expected)} applied, up to date"]


def test_a_second_run_says_that_all_is_done(url_text):
    run(DATABASE_URL=url_text)

    done = run(DATABASE_URL=url_text)

    assert (done.returncode, done.stdout) == (0, "up to date\n")


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({}, "DATABASE_URL is missing"),
        ({"DATABASE_URL": "postgres://u:hush@h/db"}, "DATABASE_URL must start with mysql://"),
        ({"DATABASE_URL": "mysql://u:hush@127.0.0.1:9/db"}, "The database cannot be used"),
    ],
)
def test_a_database_that_cannot_be_used_is_one_line_without_a_secret(environ, said):
    done = run(**environ)

    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    assert (said in done.stderr, "hush" in done.stderr) == (True, False)
