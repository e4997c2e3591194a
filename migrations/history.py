"""What has been applied to a database, kept in the database: table `schema_migrations`.

A run claims a migration by inserting its row, which one of two concurrent runs can do. The row
counts the statements that are done, so that a run that failed is taken up where it stopped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pymysql
from pymysql.constants import ER
from pymysql.cursors import DictCursor

from migrations.files import Migration

LEASE_SECONDS = 600  # after that long without a word, a run is held to be dead

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
    """How far one migration has come here."""

    name: str
    checksum: str
    statements_done: int
    is_complete: bool


class History:
    """The records of one database; the table is made when the first record is.

    Only then, for a protected branch at PlanetScale refuses every CREATE.
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
        """Take the migration on; False while another run has it, or once it is done."""
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
        """Give the migration up, so that the next run takes it on at once."""
        self._execute(_RELEASE, {"name": migration.name})

    def record(self, migration: Migration) -> None:
        """Note as applied what came here in another way; may be repeated."""
        self._make_table()
        done = len(migration.statements)
        params = {"name": migration.name, "checksum": migration.checksum, "done": done}
        self._execute(_RECORD, params)

    def forget(self, migration: Migration) -> None:
        """Note that it is not applied here any more; may be repeated, without the table too."""
        if self._has_table():
            self._execute(_FORGET, {"name": migration.name})

    def _has_table(self) -> bool:
        return self._execute("SHOW TABLES LIKE 'schema_migrations'") > 0

    def _make_table(self) -> None:
        if not self._has_table():
            self._execute(_CREATE_TABLE)

    def _execute(self, sql: str, params: Mapping[str, object] | None = None) -> int:
        with self._connection.cursor() as cursor:
            return cursor.execute(sql, params)
