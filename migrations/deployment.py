"""Bringing the migrations into a PlanetScale branch, or taking them back, through `pscale`.

PlanetScale changes the schema of a protected branch through deploy requests alone, and these carry
the schema and no rows. So the history in `schema_migrations` is brought along by hand: what the
branch to deploy into has is recorded on the new branch before the rest is applied there, and once
the deploy request is through, the rest is recorded where it has come to. No statement runs twice,
and checksums hold on every branch.

Every step looks at what is there before it acts; a run that was stopped is taken up by the next.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence

from migrations.apply import MigrationError
from migrations.deploy_request import DeployRequest, notes, read_request
from migrations.files import Migration
from migrations.pscale import Pscale, PscaleError, shown
from migrations.pscale_commands import Commands

POLL_SECONDS = 5.0

Say = Callable[[str], None]


class Deployment:
    """Both methods raise MigrationError or PscaleError, which say what to do."""

    def __init__(self, commands: Commands, pscale: Pscale, say: Say) -> None:
        self._commands = commands
        self._pscale = pscale
        self._say = say

    def deploy(self, migrations: Sequence[Migration], confirm: Callable[[str], bool]) -> None:
        """Deploy what is missing, unless `confirm`, which is asked last, says no."""
        self._check_login()
        branches = self._branches()
        lines = self._pscale.lines(self._commands.list_applied())
        applied = [migration.name for migration in migrations if migration.name in lines]
        missing = [migration for migration in migrations if migration.name not in lines]
        if not missing:
            self._say(f"{self._commands.into} is up to date")
            return
        refuse_rows(missing)
        names = [migration.name for migration in missing]
        request = self._request_for(names) or self._open_request(branches, applied, names)
        request = self._deployed(self._settled(request), confirm)
        if request.is_deployed:
            self._pscale.run(self._commands.record(names))
            self._say(self._farewell(request))

    def revert(self, number: int) -> None:
        """Take a deploy request back, which PlanetScale allows for 30 minutes, and its records."""
        self._check_login()
        names = self._show(number).migrations
        self._pscale.run(self._commands.revert_request(number))
        request = self._show(number)
        while request.is_being_reverted:
            request = self._later(request)
        if not request.is_reverted:
            raise PscaleError(f"Deploy request {number} was not reverted: it is {request.state}.")
        if names:
            self._pscale.run(self._commands.forget(names))
        self._say(f"deploy request {number} is reverted")

    def _check_login(self) -> None:
        if not self._pscale.succeeds(self._commands.check_login()):
            raise PscaleError(
                "PlanetScale does not know you. Log in: pscale auth login (in CI, set "
                "PLANETSCALE_SERVICE_TOKEN_ID and PLANETSCALE_SERVICE_TOKEN)."
            )

    def _branches(self) -> set[str]:
        """The names of the branches; raises PscaleError when nothing can be deployed into ours."""
        branches = {b["name"]: b for b in self._pscale.ask(self._commands.list_branches())}
        into = branches.get(self._commands.into)
        if into is None:
            raise PscaleError(f"{self._commands.database} has no branch {self._commands.into}.")
        if not into["safe_migrations"]:
            raise PscaleError(
                f"Safe migrations are off on {into['name']}, and deploy requests need them. "
                f"Turn them on: {shown(self._commands.enable_safe_migrations())}"
            )
        return set(branches)

    def _request_for(self, names: Sequence[str]) -> DeployRequest | None:
        """The newest one that an earlier run made for just these migrations, unless it failed."""
        answers = self._pscale.ask(self._commands.list_requests())
        found = [
            request
            for request in map(read_request, answers)
            if (request.branch, request.into) == (self._commands.branch, self._commands.into)
            and list(request.migrations) == list(names)
            and request.has_a_future
        ]
        return max(found, key=lambda request: request.number, default=None)

    def _open_request(
        self, branches: set[str], applied: Sequence[str], names: Sequence[str]
    ) -> DeployRequest:
        if self._commands.branch not in branches:
            self._pscale.run(self._commands.create_branch())
        if applied:
            self._pscale.run(self._commands.record_on_branch(applied))
        self._pscale.run(self._commands.migrate_branch())
        return read_request(self._pscale.ask(self._commands.create_request(notes(names))))

    def _deployed(self, request: DeployRequest, confirm: Callable[[str], bool]) -> DeployRequest:
        """The request after its deployment, or as it was when `confirm` says no."""
        if request.is_ready:
            self._pscale.run(self._commands.diff_request(request.number))
            self._say(f"deploy request {request.number} is ready: {request.url}")
            if not confirm(f"Deploy it into {self._commands.into}?"):
                return request
            self._pscale.run(self._commands.deploy_request(request.number))
            while request.is_ready:
                request = self._later(request)
            request = self._settled(request)
        if not request.is_deployed:
            why = "; ".join(request.complaints) or request.url
            raise PscaleError(f"Deploy request {request.number} is {request.state}: {why}")
        return request

    def _settled(self, request: DeployRequest) -> DeployRequest:
        while request.is_moving:
            request = self._later(request)
        return request

    def _later(self, request: DeployRequest) -> DeployRequest:
        time.sleep(POLL_SECONDS)
        return self._show(request.number)

    def _show(self, number: int) -> DeployRequest:
        return read_request(self._pscale.ask(self._commands.show_request(number)))

    def _farewell(self, request: DeployRequest) -> str:
        return (
            f"{self._commands.into} is up to date. To take this back within 30 minutes: "
            f'make deploy-db ARGS="revert {request.number}". '
            f"The branch is not needed any more: {shown(self._commands.delete_branch())}"
        )


def refuse_rows(migrations: Sequence[Migration]) -> None:
    """Raises MigrationError for a statement that a deploy request would leave behind."""
    for migration in migrations:
        for statement in migration.statements:
            if not re.match(r"(CREATE|ALTER|DROP)\s", statement, re.IGNORECASE):
                raise MigrationError(
                    f"{migration.name}.sql changes rows ({statement[:40]}…). A deploy request "
                    "carries the schema alone: change them by a command of their own, in batches."
                )
