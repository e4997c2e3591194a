"""A PlanetScale deploy request, as `pscale deploy-request … --format json` tells of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_PREPARING = frozenset({"", "pending"})
_UNDER_WAY = frozenset(
    {"submitting", "queued", "in_progress", "in_progress_vschema", "in_progress_cutover"}
)
_DEPLOYED = frozenset({"complete", "complete_pending_revert"})
_REVERTING = frozenset(
    {"complete_pending_revert", "in_progress_revert", "in_progress_revert_vschema"}
)


@dataclass(frozen=True)
class DeployRequest:
    """Its number, which migrations it carries, and the state of its deployment.

    `state` is PlanetScale's word (its API, "Get a deploy request", `deployment_state`).
    """

    number: int
    branch: str
    into: str
    url: str
    migrations: tuple[str, ...]
    state: str
    complaints: tuple[str, ...]

    @property
    def is_moving(self) -> bool:
        return self.state in _PREPARING | _UNDER_WAY

    @property
    def is_ready(self) -> bool:
        return self.state == "ready"

    @property
    def is_deployed(self) -> bool:
        """Also when the branches already have the same schema."""
        return self.state in _DEPLOYED or self.state == "no_changes"

    @property
    def is_being_reverted(self) -> bool:
        return self.state in _REVERTING

    @property
    def is_reverted(self) -> bool:
        return self.state == "complete_revert"

    @property
    def has_a_future(self) -> bool:
        return self.is_moving or self.is_ready or self.is_deployed


def read_request(answer: Mapping[str, Any]) -> DeployRequest:
    """The deploy request in PlanetScale's JSON."""
    deployment = answer.get("deployment") or {}
    return DeployRequest(
        number=answer["number"],
        branch=answer["branch"],
        into=answer["into_branch"],
        url=answer.get("html_url", ""),
        migrations=tuple(re.findall(r"\b[0-9]{4}_\w+", answer.get("notes") or "")),
        state=deployment.get("state", ""),
        complaints=tuple(
            str(complaint.get("error_description"))
            for complaint in deployment.get("lint_errors") or []
        ),
    )


def notes(migrations: Sequence[str]) -> str:
    """What to write into a deploy request, so that `read_request` finds its migrations there."""
    return f"Migrations: {', '.join(migrations)}"
