"""Bringing a database up to date: forward only, repeatable, safe to run twice at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import pymysql
from pymysql.constants import ER
from pymysql.cursors import DictCursor

from migrations.files import Migration
from migrations.history import LEASE_SECONDS, History

_POLL_SECONDS = 0.2

# The answers to a statement that was executed by a run which died before it recorded it.
_ALREADY_DONE = frozenset(
    {
        ER.TABLE_EXISTS_ERROR,
        ER.DUP_FIELDNAME,
        ER.DUP_KEYNAME,
        ER.CANT_DROP_FIELD_OR_KEY,
    }
)


class MigrationError(Exception):
    """The database cannot be brought up to date; the text says why and what to do."""


def apply(
    connection: pymysql.Connection[DictCursor],
    migrations: Sequence[Migration],
    say: Callable[[str], None],
) -> int:
    """Apply what is missing, in order; answers how many this run applied.

    Raises MigrationError for an applied migration that was edited, a statement that fails, or
    another run that does not end.
    """
    history = History(connection)
    refuse_edited(history, migrations)
    return sum(_apply_one(connection, history, migration, say) for migration in migrations)


def refuse_edited(history: History, migrations: Sequence[Migration]) -> None:
    """Raises MigrationError when a migration is not what was applied under its name."""
    records = history.records()
    for migration in migrations:
        record = records.get(migration.name)
        if record and record.is_complete and record.checksum != migration.checksum:
            raise MigrationError(
                f"{migration.name}.sql was edited after it had been applied here. "
                "Put it back as it was, and write a new migration for the change."
            )


def _apply_one(
    connection: pymysql.Connection[DictCursor],
    history: History,
    migration: Migration,
    say: Callable[[str], None],
) -> bool:
    if not _claimed(history, migration):
        return False
    done = history.records()[migration.name].statements_done
    for number, statement in enumerate(migration.statements[done:], start=done + 1):
        try:
            _execute(connection, statement)
            history.advance(migration, number)
        except pymysql.MySQLError as error:
            history.release(migration)
            raise MigrationError(
                f"{migration.name}.sql stopped at statement {number}: {error.args[-1]} "
                "What came before it is kept; fix the cause and run this again."
            ) from error
    history.complete(migration)
    say(f"applied {migration.name}")
    return True


def _claimed(history: History, migration: Migration) -> bool:
    """Claim it for this run; False when another run, for which this one waits, completes it."""
    give_up_at = time.monotonic() + LEASE_SECONDS + 1
    while not history.claim(migration):
        if history.records()[migration.name].is_complete:
            return False
        if time.monotonic() > give_up_at:
            raise MigrationError(f"{migration.name}.sql is being applied by another run.")
        time.sleep(_POLL_SECONDS)
    return True


def _execute(connection: pymysql.Connection[DictCursor], statement: str) -> None:
    with connection.cursor() as cursor:
        try:
            cursor.execute(statement)
        except pymysql.MySQLError as error:
            if error.args[0] not in _ALREADY_DONE:
                raise
