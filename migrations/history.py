"""What has been applied to a database, kept in the database: table `schema_migrations`.

A run claims a migration by inserting its row; of two concurrent runs only one can. The row counts
the statements that are done, so that the next run continues where a failed one stopped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pymysql
from pymysql.constants import ER
from pymysql.cursors import DictCursor

from migrations.files import Migration

LEASE_SECONDS = 600  # a run that has not renewed its lease for so long counts as dead

_CREATE_TABLE = """
    CREATE TABLE IF NOT EXISTS schema_migrations (
      name VARCHAR(128) COLLATE utf8mb4_bin NOT NULL,
      checksum CHAR(64) COLLATE utf8mb4_bin NOT NULL,
      statements_done INT NOT NULL,
      is_complete TINYINT NOT NULL,
      leased_until DATETIME(6) NOT NULL,
      PRIMARY KEY (name)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
"""
_LEASE = f"UTC_TIMESTAMP(6) + INTERVAL {LEASE_SECONDS} SECOND"
_HAS_TABLE = "SELECT 1 FROM schema_migrations LIMIT 1"
_READ = "SELECT name, checksum, statements_done, is_complete FROM schema_migrations LIMIT 10000"
_CLAIM = f"""
    INSERT INTO schema_migrations (name, checksum, statements_done, is_complete, leased_until)
    VALUES (%(name)s, %(checksum)s, 0, 0, {_LEASE})
"""
_CLAIM_AGAIN = f"""
    UPDATE schema_migrations SET leased_until = {_LEASE}, checksum = %(checksum)s
     WHERE name = %(name)s AND is_complete = 0 AND leased_until < UTC_TIMESTAMP(6)
"""
_ADVANCE = f"""
    UPDATE schema_migrations SET statements_done = %(done)s, leased_until = {_LEASE}
     WHERE name = %(name)s
"""
_COMPLETE = "UPDATE schema_migrations SET is_complete = 1 WHERE name = %(name)s"
_RELEASE = "UPDATE schema_migrations SET leased_until = UTC_TIMESTAMP(6) WHERE name = %(name)s"
_RECORD = """
    INSERT INTO schema_migrations (name, checksum, statements_done, is_complete, leased_until)
    VALUES (%(name)s, %(checksum)s, %(done)s, 1, UTC_TIMESTAMP(6))
    ON DUPLICATE KEY UPDATE checksum = VALUES(checksum), statements_done = VALUES(statements_done),
                            is_complete = 1
"""
_FORGET = "DELETE FROM schema_migrations WHERE name = %(name)s"


@dataclass(frozen=True)
class Record:
    """How far one migration is applied in this database."""

    name: str
    checksum: str
    statements_done: int
    is_complete: bool


class History:
    """The records of one database.

    Their table is created only when it is missing and a record is written: a protected branch at
    PlanetScale refuses every CREATE.
    """

    def __init__(self, connection: pymysql.Connection[DictCursor]) -> None:
        self._connection = connection

    def records(self) -> dict[str, Record]:
        if not self._has_table():
            return {}
        with self._connection.cursor() as cursor:
            cursor.execute(_READ)
            return {
                row["name"]: Record(**{**row, "is_complete": bool(row["is_complete"])})
                for row in cursor.fetchall()
            }

    def claim(self, migration: Migration) -> bool:
        """Claim the migration for this run; False while another run has it, and when complete."""
        self._make_table()
        params = {"name": migration.name, "checksum": migration.checksum}
        try:
            return self._execute(_CLAIM, params) == 1
        except pymysql.IntegrityError as error:
            if error.args[0] != ER.DUP_ENTRY:
                raise
            return self._execute(_CLAIM_AGAIN, params) == 1

    def advance(self, migration: Migration, done: int) -> None:
        self._execute(_ADVANCE, {"name": migration.name, "done": done})

    def complete(self, migration: Migration) -> None:
        self._execute(_COMPLETE, {"name": migration.name})

    def release(self, migration: Migration) -> None:
        """End the claim, so that the next run need not wait for the end of the lease."""
        self._execute(_RELEASE, {"name": migration.name})

    def record(self, migration: Migration) -> None:
        """Record as applied what a deploy request brought here; may be repeated."""
        self._make_table()
        done = len(migration.statements)
        params = {"name": migration.name, "checksum": migration.checksum, "done": done}
        self._execute(_RECORD, params)

    def forget(self, migration: Migration) -> None:
        """Delete the record of what was reverted; may be repeated, also without the table."""
        if self._has_table():
            self._execute(_FORGET, {"name": migration.name})

    def _has_table(self) -> bool:
        """By reading from it: Vitess lists no tables on a connection to all keyspaces."""
        try:
            self._execute(_HAS_TABLE)
        except pymysql.ProgrammingError as error:
            if error.args[0] != ER.NO_SUCH_TABLE:
                raise
            return False
        return True

    def _make_table(self) -> None:
        if not self._has_table():
            self._execute(_CREATE_TABLE)

    def _execute(self, sql: str, params: Mapping[str, object] | None = None) -> int:
        with self._connection.cursor() as cursor:
            return cursor.execute(sql, params)
