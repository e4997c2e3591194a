"""The fake PlanetScale with the databases of a real server as its branches.

A new branch gets the tables of its parent and none of their rows, a deploy request carries tables
and their changes and no rows, and `connect --execute` runs the command with the branch's URL.
"""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Mapping, Sequence
from urllib.parse import quote

import pymysql
import pytest

from shared.database.connection import connect
from shared.settings.database_url import DatabaseUrl
from tests.unit.migrations_deploy.fake_planetscale import FakePlanetScale, option


class PlanetScaleOverDatabases(FakePlanetScale):
    def __init__(self, monkeypatch: pytest.MonkeyPatch, server: DatabaseUrl) -> None:
        super().__init__(monkeypatch)
        self._server = server
        self.execute(self._server, f"CREATE DATABASE {self.url_of('main').database}")

    def drop(self) -> None:
        for branch in self.branches:
            self.execute(self._server, f"DROP DATABASE {self.url_of(branch).database}")

    def url_of(self, branch: str) -> DatabaseUrl:
        return self._server._replace(database=f"planetscale_{branch.replace('-', '_')}")

    def tables(self, branch: str) -> set[str]:
        return {name for (name,) in self.execute(self.url_of(branch), "SHOW TABLES")}

    def execute(self, url: DatabaseUrl, statement: str) -> tuple[tuple[str, ...], ...]:
        with connect(url, 60) as connection:
            cursor = connection.cursor(pymysql.cursors.Cursor)
            cursor.execute(statement)
            return cursor.fetchall()

    def definitions(self, branch: str) -> dict[str, str]:
        """The statement that creates each table, as it is now."""
        url = self.url_of(branch)
        created = [self.execute(url, f"SHOW CREATE TABLE {name}") for name in self.tables(branch)]
        return {name: statement for [(name, statement)] in created}

    def define(self, branch: str, definitions: Mapping[str, str]) -> None:
        """Make the tables as defined; a table that was there loses its rows."""
        for name, statement in definitions.items():
            self.execute(self.url_of(branch), f"DROP TABLE IF EXISTS {name}")
            self.execute(self.url_of(branch), statement)

    def branch_create(self, words: Sequence[str]) -> None:
        super().branch_create(words)
        branch, parent = words[4], option(words, "--from")
        self.execute(self._server, f"CREATE DATABASE {self.url_of(branch).database}")
        self.define(branch, self.definitions(parent))

    def connect(self, words: Sequence[str]) -> str:
        environ = {**os.environ, "DATABASE_URL": text_of(self.url_of(words[3]))}
        command = shlex.split(option(words, "--execute"))
        return subprocess.check_output(command, env=environ, text=True)

    def deploy_request_deploy(self, words: Sequence[str]) -> None:
        super().deploy_request_deploy(words)
        request = self.find_request(words)
        before, after = (self.definitions(request[end]) for end in ("into_branch", "branch"))
        kept = {name for name in before if before[name] == after[name]} | (
            before.keys() & {"schema_migrations"}
        )
        request["before"] = {name: text for name, text in before.items() if name not in kept}
        request["added"] = sorted(after.keys() - before.keys())
        changed = {name: text for name, text in after.items() if name not in kept}
        self.define(request["into_branch"], changed)

    def deploy_request_revert(self, words: Sequence[str]) -> None:
        super().deploy_request_revert(words)
        request = self.find_request(words)
        into = request["into_branch"]
        for name in request["added"]:
            self.execute(self.url_of(into), f"DROP TABLE {name}")
        self.define(into, request["before"])


def text_of(url: DatabaseUrl) -> str:
    """The setting DATABASE_URL that names a database of a local server."""
    socket = quote(url.unix_socket or "", safe="")
    user, password = quote(url.user), quote(url.password)
    return f"mysql://{user}:{password}@localhost/{url.database}?unix_socket={socket}"
