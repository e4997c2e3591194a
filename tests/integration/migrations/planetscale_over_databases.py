"""The fake PlanetScale with the databases of a real server as its branches.

A new branch gets the tables of its parent and none of their rows, a deploy request carries tables
and no rows, and `connect --execute` runs the command with the branch's URL.
"""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import replace
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
        return replace(self._server, database=f"planetscale_{branch.replace('-', '_')}")

    def tables(self, branch: str) -> set[str]:
        return {name for (name,) in self.execute(self.url_of(branch), "SHOW TABLES")}

    def execute(self, url: DatabaseUrl, statement: str) -> tuple[tuple[str, ...], ...]:
        with connect(url, 60) as connection:
            cursor = connection.cursor(pymysql.cursors.Cursor)
            cursor.execute(statement)
            return cursor.fetchall()

    def copy_tables(self, names: Iterable[str], source: str, target: str) -> None:
        for name in names:
            [(_, statement)] = self.execute(self.url_of(source), f"SHOW CREATE TABLE {name}")
            self.execute(self.url_of(target), statement)

    def branch_create(self, words: Sequence[str]) -> None:
        super().branch_create(words)
        branch, parent = words[4], option(words, "--from")
        self.execute(self._server, f"CREATE DATABASE {self.url_of(branch).database}")
        self.copy_tables(self.tables(parent), parent, branch)

    def connect(self, words: Sequence[str]) -> str:
        environ = {**os.environ, "DATABASE_URL": text_of(self.url_of(words[3]))}
        command = shlex.split(option(words, "--execute"))
        return subprocess.check_output(command, env=environ, text=True)

    def deploy_request_deploy(self, words: Sequence[str]) -> None:
        super().deploy_request_deploy(words)
        request = self.find_request(words)
        branch, into = request["branch"], request["into_branch"]
        request["tables"] = sorted(self.tables(branch) - self.tables(into))
        self.copy_tables(request["tables"], branch, into)

    def deploy_request_revert(self, words: Sequence[str]) -> None:
        super().deploy_request_revert(words)
        request = self.find_request(words)
        for name in request["tables"]:
            self.execute(self.url_of(request["into_branch"]), f"DROP TABLE {name}")


def text_of(url: DatabaseUrl) -> str:
    """The setting DATABASE_URL that names a database of a local server."""
    socket = quote(url.unix_socket or "", safe="")
    user, password = quote(url.user), quote(url.password)
    return f"mysql://{user}:{password}@localhost/{url.database}?unix_socket={socket}"
