"""Deploy requests: their states, one at each look, and what they do to the branches.

The states are those of PlanetScale's API ("Get a deploy request"). A deployment waits in the queue
while another can still be reverted; `skip_revert` ends that, and so do 30 minutes at PlanetScale.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.planetscale.branches import Branches
from tests.planetscale.schema_change import SchemaChange
from tests.planetscale.schema_lint import LintError, lint

OPENED = ("pending", "ready")
DEPLOYED = ("submitting", "queued", "in_progress", "in_progress_cutover", "complete_pending_revert")
REVERTED = ("in_progress_revert", "complete_revert")
NOW = "2026-08-05T12:00:00.000Z"


class Unprocessable(Exception):
    """The request is not in a state for this; the text says why."""


@dataclass
class DeployRequest:
    number: int
    branch: str
    into_branch: str
    notes: str
    change: SchemaChange
    lint_errors: Sequence[LintError]
    states: list[str] = field(default_factory=list)  # the first is the one that it is in
    actions: dict[str, Callable[[], None]] = field(default_factory=dict)  # on reaching a state

    @property
    def state(self) -> str:
        return self.states[0]

    def look(self, is_blocked: bool) -> None:
        """Time goes on: it is in the next state, unless it has to wait in the queue."""
        if len(self.states) > 1 and not (is_blocked and self.state == "queued"):
            self.states.pop(0)
            self.actions.pop(self.state, lambda: None)()


class DeployRequests:
    """Those of one database."""

    def __init__(self, branches: Branches) -> None:
        self._branches = branches
        self._all: list[DeployRequest] = []

    def all(self) -> list[DeployRequest]:
        """The newest first."""
        return self._all[::-1]

    def __getitem__(self, number: int) -> DeployRequest:
        """Raises IndexError."""
        return self._all[number - 1]

    def create(self, branch: str, into: str, notes: str) -> DeployRequest:
        """Raises Unprocessable where safe migrations are off."""
        if not self._branches[into].safe_migrations:
            raise Unprocessable("Safe migrations must be enabled on the branch to deploy into.")
        change = SchemaChange.between(self._branches[into], self._branches[branch])
        errors = lint(self._branches[branch].url)
        end = "error" if errors else "ready" if change.tables else "no_changes"
        request = DeployRequest(
            len(self._all) + 1, branch, into, notes, change, errors, states=["pending", end]
        )
        self._all.append(request)
        return request

    def show(self, number: int) -> DeployRequest:
        request = self[number]
        request.look(bool(self.before(request)))
        return request

    def before(self, request: DeployRequest) -> list[DeployRequest]:
        """What it waits for in the queue."""
        if request.state not in ("submitting", "queued"):
            return []
        return [one for one in self._all if one.state == "complete_pending_revert"]

    def deploy(self, number: int) -> DeployRequest:
        request = self[number]
        if request.state != "ready":
            raise Unprocessable(f"Deploy request #{number} is {request.state}, not ready.")
        into = self._branches[request.into_branch]
        request.states = list(DEPLOYED)
        request.actions = {"in_progress_cutover": lambda: request.change.apply(into)}
        return request

    def revert(self, number: int) -> DeployRequest:
        request = self._revertable(number)
        into = self._branches[request.into_branch]
        request.states = list(REVERTED)
        request.actions = {"complete_revert": lambda: request.change.revert(into)}
        return request

    def skip_revert(self, number: int) -> DeployRequest:
        request = self._revertable(number)
        request.change.end(self._branches[request.into_branch])
        request.states = ["complete"]
        return request

    def _revertable(self, number: int) -> DeployRequest:
        request = self[number]
        if request.state != "complete_pending_revert":
            raise Unprocessable(f"Deploy request #{number} is {request.state}: too late to revert.")
        return request

    def as_json(self, request: DeployRequest) -> dict[str, Any]:
        """As the API answers it: that part which planetscale/cli reads."""
        waits_for = [
            {"id": f"dep{one.number}", "state": one.state, "deploy_request_number": one.number}
            for one in self.before(request)
        ]
        return {
            "id": f"dr{request.number}",
            "number": request.number,
            "branch": request.branch,
            "into_branch": request.into_branch,
            "state": "open" if request.state in ("pending", "ready", "error") else "closed",
            "deployment_state": request.state,
            "approved": False,
            "notes": request.notes,
            "html_url": f"https://app.planetscale.com/deploy-requests/{request.number}",
            "created_at": NOW,
            "updated_at": NOW,
            "deployment": {
                "id": f"dep{request.number}",
                "state": request.state,
                "deployable": not request.lint_errors,
                "lint_errors": [error._asdict() for error in request.lint_errors],
                "deploy_request_number": request.number,
                "into_branch": request.into_branch,
                "preceding_deployments": waits_for,
                "created_at": NOW,
                "updated_at": NOW,
            },
        }
