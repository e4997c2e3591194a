"""The commands of `pscale`, PlanetScale's CLI, that a deployment consists of.

Written after planetscale/cli of August 2026, `internal/cmd`.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass

Command = tuple[str, ...]

_JSON = ("--format", "json")


@dataclass(frozen=True)
class Commands:
    """Those for one database, the branch to work on, and the branch to deploy into."""

    database: str
    branch: str
    into: str

    def check_login(self) -> Command:
        return ("pscale", "auth", "check")

    def list_branches(self) -> Command:
        return ("pscale", "branch", "list", self.database, *_JSON)

    def create_branch(self) -> Command:
        name, parent = self.branch, self.into
        return ("pscale", "branch", "create", self.database, name, "--from", parent, "--wait")

    def list_applied(self) -> Command:
        """What the branch to deploy into has; with JSON as its format, pscale itself is silent."""
        return (*self._connect(self.into, "reader", "migrations.records"), *_JSON)

    def record_on_branch(self, names: Sequence[str]) -> Command:
        return self._connect(self.branch, "admin", "migrations.records", "add", *names)

    def migrate_branch(self) -> Command:
        return self._connect(self.branch, "admin", "migrations")

    def record(self, names: Sequence[str]) -> Command:
        return self._connect(self.into, "readwriter", "migrations.records", "add", *names)

    def forget(self, names: Sequence[str]) -> Command:
        return self._connect(self.into, "readwriter", "migrations.records", "forget", *names)

    def list_requests(self) -> Command:
        return self._request("list", *_JSON)

    def create_request(self, notes: str) -> Command:
        into = ("--into", self.into, "--enable-auto-apply", "--notes", notes)
        return self._request("create", self.branch, *into, *_JSON)

    def show_request(self, number: int | str) -> Command:
        return self._request("show", str(number), *_JSON)

    def diff_request(self, number: int | str) -> Command:
        return self._request("diff", str(number))

    def deploy_request(self, number: int | str) -> Command:
        return self._request("deploy", str(number))

    def revert_request(self, number: int | str) -> Command:
        return self._request("revert", str(number))

    def enable_safe_migrations(self) -> Command:
        return ("pscale", "branch", "safe-migrations", "enable", self.database, self.into)

    def delete_branch(self) -> Command:
        return ("pscale", "branch", "delete", self.database, self.branch)

    def _request(self, verb: str, *words: str) -> Command:
        return ("pscale", "deploy-request", verb, self.database, *words)

    def _connect(self, branch: str, role: str, module: str, *words: str) -> Command:
        """Run a module of ours in a branch, with a password that lives as long as the command."""
        executed = shlex.join([sys.executable, "-m", module, *words])
        url = ("--execute-protocol", "mysql", "--execute-env-url", "DATABASE_URL")
        execute = ("--role", role, *url, "--execute", executed)
        return ("pscale", "connect", self.database, branch, *execute)
