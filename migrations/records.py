"""`python -m migrations.records [add | forget NAME …]`: list, add or delete rows of the history.

A PlanetScale branch is made with the schema of its parent, and a deploy request carries the schema
into another branch; neither copies rows (PlanetScale documentation, "Branching"). So the rows of
`schema_migrations` are written where the schema already is; no statement of a migration runs here.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from migrations.apply import MigrationError, refuse_edited
from migrations.command import Connection, run
from migrations.files import Migration, read_migrations
from migrations.history import History

_STATEMENT_SECONDS = 30


def main(arguments: Sequence[str]) -> int:
    """Answers the exit code: 0, or 1 after printing what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m migrations.records", description=__doc__)
    parser.add_argument("action", nargs="?", choices=["list", "add", "forget"], default="list")
    parser.add_argument("names", nargs="*", metavar="NAME")
    options = parser.parse_args(arguments)
    if (options.action == "list") == bool(options.names):
        parser.error("say which: add NAME or forget NAME")

    def work(connection: Connection) -> None:
        _ACTIONS[options.action](History(connection), options.names)

    return run(work, _STATEMENT_SECONDS)


def _list(history: History, _names: Sequence[str]) -> None:
    """Print what is applied, in order; raises MigrationError for a migration edited since."""
    migrations = read_migrations()
    refuse_edited(history, migrations)
    complete = {record.name for record in history.records().values() if record.is_complete}
    for migration in migrations:
        if migration.name in complete:
            print(migration.name)


def _add(history: History, names: Sequence[str]) -> None:
    for migration in _named(names):
        history.record(migration)
        print(f"recorded {migration.name}")


def _forget(history: History, names: Sequence[str]) -> None:
    for migration in _named(names):
        history.forget(migration)
        print(f"forgot {migration.name}")


def _named(names: Sequence[str]) -> list[Migration]:
    """The migrations of these names; raises MigrationError for one that is not in the folder."""
    known = {migration.name: migration for migration in read_migrations()}
    if unknown := [name for name in names if name not in known]:
        raise MigrationError(f"There is no migrations/{unknown[0]}.sql here.")
    return [known[name] for name in names]


_ACTIONS = {"list": _list, "add": _add, "forget": _forget}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
