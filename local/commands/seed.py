"""`python -m local seed [ROWS]`: fill the board with the issues of many people.

The demo users own some of them once the local cloud has run.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pymysql

from local import stack
from local.commands.demo_rows import demo_people, insert_issues, insert_users
from local.database import DatabaseUnavailable, connect, database_for_tools, host_of, is_local
from local.settings import SettingsError, load_settings
from local.state_dir import StateDirError, check_version

ROWS = 1_000
BATCH = 1_000
BAR_WIDTH = 40


def main(arguments: Sequence[str]) -> int:
    """Add the rows; returns 0, or 1 after saying what to do."""
    options = _parse(arguments)
    state_dir = stack.chosen_folder(options.state, os.environ)
    try:
        check_version(state_dir)
        settings = load_settings(stack.ROOT, state_dir, os.environ)
        with database_for_tools(settings.environ, state_dir, print) as url:
            if not (is_local(url) or options.yes_really):
                return _refuse(host_of(url))
            return _seed(url, options.rows, state_dir)
    except (DatabaseUnavailable, SettingsError, StateDirError, pymysql.Error) as error:
        return _fail(str(error))


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m local seed", description=__doc__)
    parser.add_argument("rows", nargs="?", type=_row_count, default=ROWS, metavar="ROWS")
    stack.add_state_option(parser)
    parser.add_argument(
        "--yes-really", action="store_true", help="even into a database on another machine"
    )
    return parser.parse_args(arguments)


def _row_count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of rows")
    return int(text)


def _seed(url: str, rows: int, state_dir: Path) -> int:
    if is_local(url) and not _migrate(url):
        return _fail("The schema could not be brought up to date; the lines above say why.")
    people = demo_people(state_dir)
    with connect(url) as connection:
        insert_users(connection, people)
        for first in range(0, rows, BATCH):
            count = min(BATCH, rows - first)
            insert_issues(connection, people, first, count)
            _show_progress(first + count, rows)
    print(f"{rows:,} issues of {len(people)} people added.")
    return 0


def _migrate(url: str) -> bool:
    migrations = [sys.executable, "-m", "migrations"]
    return subprocess.call(migrations, cwd=stack.ROOT, env={**os.environ, "DATABASE_URL": url}) == 0


def _show_progress(done: int, rows: int) -> None:
    if sys.stderr.isatty():
        filled = BAR_WIDTH * done // rows
        end = "\n" if done == rows else ""
        bar = "#" * filled + "-" * (BAR_WIDTH - filled)
        print(f"\r[{bar}] {done:,} of {rows:,}", end=end, file=sys.stderr, flush=True)


def _refuse(host: str) -> int:
    return _fail(
        f"The database is at {host}, not on this machine. To fill it anyway, "
        "add --yes-really (python3 dev.py seed ROWS --yes-really)."
    )


def _fail(what: str) -> int:
    print(what, file=sys.stderr)
    return 1
