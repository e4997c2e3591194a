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
        """Return the collection `name` (lower-case letters and `_`), made when it is new."""
        return Collection(self._database, name)

    def close(self) -> None:
        self._database.close()


class Collection:
    """Holds documents by key, in the order in which they were first put."""

    def __init__(self, database: sqlite3.Connection, name: str) -> None:
        if not re.fullmatch(r"[a-z_]+", name):
            raise ValueError(f"a collection's name is lower-case letters and _: {name!r}")
        self._database = database
        self._name = name
        database.execute(
            f"CREATE TABLE IF NOT EXISTS {name} "
            "(position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, document TEXT NOT NULL)"
        )

    def get(self, key: str) -> Document | None:
        rows = self._select("WHERE id = ?", key)
        return next(rows, None)

    def put(self, key: str, document: Document) -> None:
        """Insert the document, or replace the one with this key where it stands."""
        self._database.execute(
            f"INSERT INTO {self._name} (id, document) VALUES (?, ?) "  # noqa: S608
            "ON CONFLICT (id) DO UPDATE SET document = excluded.document",
            (key, json.dumps(document)),
        )

    def delete(self, key: str) -> None:
        """Remove the document, if there is one."""
        self._database.execute(f"DELETE FROM {self._name} WHERE id = ?", (key,))  # noqa: S608

    def find(self, **fields: str | int | None) -> Iterator[Document]:
        """Return the documents whose top-level fields have these values; all when none is given."""
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


def merged(document: Document, update: Document) -> Document:
    """Lay `update` over the document's top level; a null in it removes its key."""
    return {
        name: value
        for name, value in (document | update).items()
        if value is not None or name not in update
    }
