"""The branches of a database at PlanetScale: each is a database of a real server."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pymysql

from shared.database.connection import connect
from shared.settings.database_url import DatabaseUrl

INTERNAL = "_vt_"  # how the names of Vitess's own tables begin
STATEMENT_SECONDS = 60

Rows = tuple[tuple[str, ...], ...]


@dataclass
class Branch:
    name: str
    url: DatabaseUrl
    parent: str = ""
    safe_migrations: bool = False

    def execute(self, statement: str) -> Rows:
        with connect(self.url, STATEMENT_SECONDS) as connection:
            cursor = connection.cursor(pymysql.cursors.Cursor)
            cursor.execute(statement)
            return cursor.fetchall()

    def tables(self) -> list[str]:
        """Those of the schema: Vitess hides its own."""
        names = (name for (name, *_) in self.execute("SHOW TABLES"))
        return sorted(name for name in names if not name.startswith(INTERNAL))

    def definition(self, table: str) -> str:
        """The statement that creates the table as it is now, without its counter of ids."""
        [(_, statement, *_)] = self.execute(f"SHOW CREATE TABLE `{table}`")
        return re.sub(r" AUTO_INCREMENT=\d+", "", statement)

    def definitions(self) -> dict[str, str]:
        return {table: self.definition(table) for table in self.tables()}


class Branches:
    """Made from one another: the schema, and no rows (PlanetScale documentation, "Branching")."""

    def __init__(self, server: DatabaseUrl) -> None:
        """`server` names a database of the server, which stays as it is."""
        self._server = Branch("", server)
        self._branches: dict[str, Branch] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._branches

    def __getitem__(self, name: str) -> Branch:
        return self._branches[name]

    def all(self) -> list[Branch]:
        return list(self._branches.values())

    def create(self, name: str, parent: str = "") -> Branch:
        database = f"planetscale_{name.replace('-', '_')}"
        self._server.execute(f"CREATE DATABASE {database}")
        branch = Branch(name, self._server.url._replace(database=database), parent)
        self._branches[name] = branch
        if parent:
            for statement in self[parent].definitions().values():
                branch.execute(statement)
        return branch

    def delete(self, name: str) -> None:
        branch = self._branches.pop(name)
        self._server.execute(f"DROP DATABASE {branch.url.database}")

    def delete_all(self) -> None:
        for branch in self.all():
            self.delete(branch.name)
