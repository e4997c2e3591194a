"""The fake PlanetScale with the databases of a real server as its branches.

A new branch gets the tables of its parent and none of their rows, a deploy request carries tables
and their changes, and `connect --execute` runs the command with the branch's URL. With pscale
itself, tests/planetscale does the same.
"""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Sequence
from urllib.parse import quote

import pytest

from shared.settings.database_url import DatabaseUrl
from tests.planetscale.branches import Branches
from tests.planetscale.schema_change import SchemaChange
from tests.unit.migrations_deploy.fake_planetscale import FakePlanetScale, option


class PlanetScaleOverDatabases(FakePlanetScale):
    def __init__(self, monkeypatch: pytest.MonkeyPatch, server: DatabaseUrl) -> None:
        super().__init__(monkeypatch)
        self._databases = Branches(server)
        self._databases.create("main")
        self._changes: dict[int, SchemaChange] = {}

    def drop(self) -> None:
        self._databases.delete_all()

    def url_of(self, branch: str) -> DatabaseUrl:
        return self._databases[branch].url

    def tables(self, branch: str) -> list[str]:
        return self._databases[branch].tables()

    def branch_create(self, words: Sequence[str]) -> None:
        super().branch_create(words)
        self._databases.create(words[4], option(words, "--from"))

    def connect(self, words: Sequence[str]) -> str:
        environ = {**os.environ, "DATABASE_URL": text_of(self.url_of(words[3]))}
        command = shlex.split(option(words, "--execute"))
        return subprocess.check_output(command, env=environ, text=True)

    def deploy_request_deploy(self, words: Sequence[str]) -> None:
        super().deploy_request_deploy(words)
        request = self.find_request(words)
        into, branch = (self._databases[request[end]] for end in ("into_branch", "branch"))
        for earlier in self._changes.values():
            earlier.end(into)
        change = SchemaChange.between(into, branch)
        change.apply(into)
        self._changes[request["number"]] = change

    def deploy_request_revert(self, words: Sequence[str]) -> None:
        super().deploy_request_revert(words)
        request = self.find_request(words)
        self._changes[request["number"]].revert(self._databases[request["into_branch"]])


def text_of(url: DatabaseUrl) -> str:
    """The setting DATABASE_URL that names a database of a local server."""
    socket = quote(url.unix_socket or "", safe="")
    user, password = quote(url.user), quote(url.password)
    return f"mysql://{user}:{password}@localhost/{url.database}?unix_socket={socket}"
