"""Where the emulators keep their state: collections of JSON documents in one SQLite file.

SQLite commits each write, so a killed local cloud finds everything again. One `Store` serves one
process and one thread (the event loop's).
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Document = dict[str, Any]


class Store:
    """Opens (and makes) the file at `path`, or an in-memory store for `None`."""

    def __init__(self, path: Path | None = None) -> None:
        self._database = sqlite3.connect(path or ":memory:", isolation_level=None)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=NORMAL")

    def collection(self, name: str) -> Collection:
        """The collection `name` (lower-case letters and `_`), made when it is new."""
        return Collection(self._database, name)

    def close(self) -> None:
        self._database.close()


class Collection:
    """Documents by id, in the order in which they were first put."""

    def __init__(self, database: sqlite3.Connection, name: str) -> None:
        if not re.fullmatch(r"[a-z_]+", name):
            raise ValueError(f"a collection's name is lower-case letters and _: {name!r}")
        self._database = database
        self._name = name
        database.execute(
            f"CREATE TABLE IF NOT EXISTS {name} "
            "(position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, document TEXT NOT NULL)"
        )

    def get(self, id: str) -> Document | None:
        rows = self._select("WHERE id = ?", id)
        return next(rows, None)

    def put(self, id: str, document: Document) -> None:
        """Insert the document, or replace the one with this id where it stands."""
        self._database.execute(
            f"INSERT INTO {self._name} (id, document) VALUES (?, ?) "  # noqa: S608
            "ON CONFLICT (id) DO UPDATE SET document = excluded.document",
            (id, json.dumps(document)),
        )

    def delete(self, id: str) -> bool:
        """Remove the document; answers whether there was one."""
        done = self._database.execute(f"DELETE FROM {self._name} WHERE id = ?", (id,))  # noqa: S608
        return done.rowcount > 0

    def find(self, **fields: str | int | None) -> Iterator[Document]:
        """The documents whose top-level fields have these values (none given: all of them)."""
        clauses = [f"json_extract(document, '$.{field}') IS ?" for field in fields]
        where = f"WHERE {' AND '.join(clauses)}" if clauses else ""
        return self._select(where, *fields.values())

    def clear(self) -> None:
        self._database.execute(f"DELETE FROM {self._name}")  # noqa: S608

    def _select(self, where: str, *values: str | int | None) -> Iterator[Document]:
        rows = self._database.execute(
            f"SELECT document FROM {self._name} {where} ORDER BY position",  # noqa: S608
            values,
        ).fetchall()
        return (json.loads(text) for (text,) in rows)
