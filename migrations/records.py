"""`python -m migrations.records`: what a database holds to be applied; listed, added, taken back.

A PlanetScale branch is made with the schema of its parent, and a deploy request carries the schema
into another branch; neither takes rows along (PlanetScale documentation, "Branching"). The rows of
`schema_migrations` are therefore written where the schema already is, and no statement of a
migration runs here.
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
    """Answers the exit code: 0, or 1 after saying what is wrong."""
    options = _parse(arguments)

    def work(connection: Connection) -> None:
        options.action(History(connection), options.names)

    return run(work, _STATEMENT_SECONDS)


def applied(history: History) -> list[str]:
    """Our migrations that are applied, in order; raises MigrationError for one edited since."""
    migrations = read_migrations()
    refuse_edited(history, migrations)
    complete = {record.name for record in history.records().values() if record.is_complete}
    return [migration.name for migration in migrations if migration.name in complete]


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m migrations.records", description=__doc__)
    parser.set_defaults(action=_show, names=[])
    commands = parser.add_subparsers(title="commands", metavar="add | forget")
    for name, action, meaning in (
        ("add", _add, "the schema has these already"),
        ("forget", _forget, "the schema has these no longer"),
    ):
        command = commands.add_parser(name, help=meaning)
        command.set_defaults(action=action)
        command.add_argument("names", nargs="+", metavar="NAME")
    return parser.parse_args(arguments)


def _show(history: History, _names: Sequence[str]) -> None:
    for name in applied(history):
        print(name)


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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
