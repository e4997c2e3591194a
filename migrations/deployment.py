"""What the steps of a deployment know: where it goes, and what they have read at PlanetScale."""

from __future__ import annotations

import json
import re
import shlex
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from string import Template
from typing import Any

from migrations.files import Migration

# States of a deployment: PlanetScale's API, "Get a deploy request", `deployment_state`. pscale
# prints them as `deployment.state`; here "" stands for a deployment that is not there yet.
DEPLOYING = ("in_progress", "in_progress_vschema", "in_progress_cutover")
MOVING = ("", "pending", "submitting", "queued", *DEPLOYING)
DEPLOYED = ("complete", "complete_pending_revert", "no_changes")
REVERTING = ("in_progress_revert", "in_progress_revert_vschema")


@dataclass
class DeployError(Exception):
    """What is wrong, and the next command to type ("" for the same `make` command again)."""

    problem: str
    next_command: str = ""


@dataclass
class Deployment:
    """`applied` are the migrations that `into` has, `names` those to deploy or to revert."""

    database: str
    branch: str
    into: str
    migrations: Sequence[Migration]
    applied: Sequence[str] = ()
    names: Sequence[str] = ()
    has_branch: bool = False
    request: Mapping[str, Any] = field(default_factory=dict)  # as pscale prints it
    revertable: Sequence[int] = ()  # the deploy requests that can still be taken back

    @property
    def needs_request(self) -> bool:
        return bool(self.names) and not self.request

    @property
    def drops(self) -> bool:
        """Whether rows of the branch `into` have to be copied before."""
        dropping = {migration.name for migration in self.migrations if migration.drops}
        return bool(self.applied) and not dropping.isdisjoint(self.names)

    @property
    def left(self) -> list[str]:
        """What waits for a deployment of its own."""
        done = {*self.applied, *self.names}
        return [migration.name for migration in self.migrations if migration.name not in done]

    @property
    def state(self) -> str:
        return _state(self.request) if self.request else "missing"

    @property
    def waits_for(self) -> str:
        """What to say while PlanetScale holds it in the queue, behind one that can be reverted."""
        if self.state != "queued" or not self.revertable:
            return ""
        skip = self.shown(f"pscale deploy-request skip-revert $database {self.revertable[0]}")
        return (
            f"It waits until deploy request {self.revertable[0]} cannot be taken back any more: "
            f"30 minutes, or at once with `{skip}`"
        )

    def words(self, command: str) -> list[str]:
        """The words of a command, with the values of this deployment for its $names."""
        values = {
            **vars(self),
            "number": self.request.get("number", "NUMBER"),
            "applied": " ".join(self.applied),
            "names": " ".join(self.names),
            "python": shlex.quote(sys.executable),
        }
        return [Template(word).substitute(values) for word in shlex.split(command)]

    def shown(self, command: str) -> str:
        """The command as one would type it."""
        return shlex.join(self.words(command))

    def revert(self, number: int) -> str:
        """The command that takes a deploy request back."""
        return f"make deploy-db ARGS='revert {number} --database {self.database}'"

    def read_branches(self, answer: str) -> None:
        """Raises DeployError when nothing can be deployed into the branch `into`."""
        branches = {branch["name"]: branch for branch in json.loads(answer)}
        if self.into not in branches:
            problem = f"{self.database} has no branch {self.into}; name another with --into."
            raise DeployError(problem, self.shown("pscale branch list $database"))
        if not branches[self.into]["safe_migrations"]:
            problem = f"Safe migrations are off on {self.into}, and deploy requests need them."
            enable = "pscale branch safe-migrations enable $database $into"
            raise DeployError(problem, self.shown(enable))
        self.has_branch = self.branch in branches

    def read_applied(self, answer: str) -> None:
        """Raises DeployError for a missing migration that a deploy request cannot carry.

        One that drops something is deployed by itself: the code that runs may still use it.
        """
        lines = answer.splitlines()
        self.applied = [migration.name for migration in self.migrations if migration.name in lines]
        missing = [migration for migration in self.migrations if migration.name not in lines]
        refuse_rows(missing)
        now = missing[:1] + list(takewhile(lambda migration: not migration.drops, missing[1:]))
        self.names = [migration.name for migration in (now if self.applied else missing)]

    def read_request(self, answer: str) -> None:
        self.request = json.loads(answer)

    def find_request(self, answer: str) -> None:
        """Go on with the newest one that an earlier run opened for exactly these migrations."""
        notes = f"Migrations: {' '.join(self.names)}"
        ours = {"branch": self.branch, "into_branch": self.into, "notes": notes}
        for request in sorted(json.loads(answer), key=lambda request: request["number"]):
            state = _state(request)
            if state == "complete_pending_revert" and request["into_branch"] == self.into:
                self.revertable = [*self.revertable, request["number"]]
            is_waiting = state == "ready" and request["state"] == "open"
            if request.items() >= ours.items() and (is_waiting or state in MOVING + DEPLOYED):
                self.request = request

    def read_request_to_revert(self, answer: str) -> None:
        """It says itself which migrations it brought, and into which branch."""
        self.read_request(answer)
        self.names = re.findall(r"\b[0-9]{4}_\w+", self.request["notes"])
        self.branch, self.into = self.request["branch"], self.request["into_branch"]

    def refuse_later_requests(self, answer: str) -> None:
        """Raises DeployError when another one was deployed after the one to revert."""
        for request in json.loads(answer):
            is_later = request["number"] > self.request["number"]
            is_deployed = _state(request) in DEPLOYED
            if is_later and is_deployed and request["into_branch"] == self.into:
                problem = f"Deploy request {request['number']} was deployed later. Revert it first."
                raise DeployError(problem, self.revert(request["number"]))


def refuse_rows(migrations: Sequence[Migration]) -> None:
    """Raises DeployError for a statement that changes rows, which no deploy request carries."""
    for migration in migrations:
        for statement in migration.statements:
            if not re.match(r"(CREATE|ALTER|DROP)\s", statement, re.IGNORECASE):
                raise DeployError(
                    f"{migration.name}.sql changes rows ({statement[:40]}…). A deploy request "
                    "carries only the schema: change rows with a command of your own, in batches."
                )


def _state(request: Mapping[str, Any]) -> str:
    return str((request["deployment"] or {}).get("state", ""))
