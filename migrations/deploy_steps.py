"""The steps of a deployment, and of taking one back: a run performs them, `--dry-run` prints them.

PlanetScale changes the schema of a protected branch only through deploy requests, and these carry
the schema but no rows. So the rows of `schema_migrations` are written by steps of their own: what
`into` has is recorded on the new branch before the rest is applied there, and what the deploy
request brought is recorded on `into` after it.

A step that an earlier run has done is left out, so a run that failed can be started again.
The commands are those of planetscale/cli of August 2026, `internal/cmd`.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from migrations.deployment import DEPLOYED, MOVING, REVERTING, DeployError, Deployment

POLL_SECONDS = 5.0

# A setting of our functions; pscale would take it for its flag --host, and listen there.
_NOT_FOR_PSCALE = "PLANETSCALE_HOST"


@dataclass(frozen=True)
class Step:
    """A command of pscale, with the $names of `Deployment.words`, and what belongs to it."""

    command: str
    when: Callable[[Deployment], object] = lambda _: True
    read: Callable[[Deployment, str], None] | None = None  # what it prints, else that is shown
    repeats: bool = False  # until it is not needed any more
    question: str = ""  # asked before it; the run ends there without a yes
    if_it_fails: str = ""  # the next command to type then; "" as in DeployError
    concerns: Callable[[Deployment], object] = lambda _: True  # such migrations, in a dry run too


def _in_branch(branch: str, role: str, module: str) -> str:
    """Run a module of ours in a branch, with a password that lives as long as the command."""
    url = "--execute-protocol mysql --execute-env-url DATABASE_URL"
    return f"pscale connect $database {branch} --role {role} {url} --execute '$python -m {module}'"


def _state_in(*states: str) -> Callable[[Deployment], bool]:
    return lambda deployment: deployment.state in states


def _wait_while(*states: str) -> Step:
    return Step(_SHOW, _state_in(*states), Deployment.read_request, repeats=True)


_LOGIN = Step("pscale auth check", if_it_fails="pscale auth login")
_LIST = "pscale deploy-request list $database --format json"
_SHOW = "pscale deploy-request show $database $number --format json"
_CREATE = (
    "pscale deploy-request create $database $branch --into $into --enable-auto-apply "
    "--notes 'Migrations: $names' --format json"
)
_APPLIED = _in_branch("$into", "reader", "migrations.records") + " --format json"  # no other lines

DEPLOY = (
    _LOGIN,
    Step("pscale branch list $database --format json", read=Deployment.read_branches),
    Step(_APPLIED, read=Deployment.read_applied),
    Step(_LIST, when=lambda d: d.names, read=Deployment.find_request),
    Step(
        _in_branch("$into", "readwriter", "migrations.backfill"),
        concerns=lambda d: d.drops,
        when=lambda d: d.needs_request,
    ),
    Step(
        "pscale branch create $database $branch --from $into --wait",
        when=lambda d: d.needs_request and not d.has_branch,
    ),
    Step(
        _in_branch("$branch", "admin", "migrations.records add $applied"),
        when=lambda d: d.needs_request and d.applied,
    ),
    Step(_in_branch("$branch", "admin", "migrations $names"), when=lambda d: d.needs_request),
    Step(_CREATE, when=lambda d: d.needs_request, read=Deployment.read_request),
    _wait_while(*MOVING),
    Step("pscale deploy-request diff $database $number", when=_state_in("ready")),
    Step(
        "pscale deploy-request deploy $database $number",
        when=_state_in("ready"),
        question="Deploy it into {into}?",
    ),
    _wait_while("ready", *MOVING),
    Step(
        _in_branch("$into", "readwriter", "migrations.records add $names"),
        when=_state_in(*DEPLOYED),
    ),
)

REVERT = (
    _LOGIN,
    Step(_SHOW, read=Deployment.read_request_to_revert),
    Step(_LIST, read=Deployment.refuse_later_requests),
    Step(
        "pscale deploy-request revert $database $number",
        when=lambda d: d.state not in (*REVERTING, "complete_revert"),
    ),
    _wait_while(*DEPLOYED, *REVERTING),
    Step(
        _in_branch("$into", "readwriter", "migrations.records forget $names"),
        when=lambda d: d.names and d.state == "complete_revert",
    ),
)


def perform(steps: Sequence[Step], deployment: Deployment, confirm: Callable[[str], bool]) -> None:
    """Take the steps that are needed, in order; raises DeployError when one fails."""
    for step in steps:
        if not (step.concerns(deployment) and step.when(deployment)):
            continue
        if step.question and not confirm(step.question.format(into=deployment.into)):
            return
        show(step, deployment)
        _run(step, deployment)
        told = False
        while step.repeats and step.when(deployment):
            if deployment.waits_for and not told:
                print(deployment.waits_for, flush=True)
                told = True
            time.sleep(POLL_SECONDS)
            _run(step, deployment)


def show(step: Step, deployment: Deployment) -> None:
    print(f"$ {deployment.shown(step.command)}", flush=True)


def _run(step: Step, deployment: Deployment) -> None:
    words = deployment.words(step.command)
    stdout = subprocess.PIPE if step.read else None
    environ = {name: value for name, value in os.environ.items() if name != _NOT_FOR_PSCALE}
    try:  # the words are ours
        done = subprocess.run(words, stdout=stdout, env=environ, text=True, check=False)  # noqa: S603
    except FileNotFoundError:
        problem = "This needs pscale, PlanetScale's CLI: planetscale.com/docs/cli"
        raise DeployError(problem, "brew install planetscale/tap/pscale") from None
    if done.returncode:
        print(done.stdout or "", end="", file=sys.stderr)
        raise DeployError(f"`{shlex.join(words)}` failed; the reason is above.", step.if_it_fails)
    if step.read:
        step.read(deployment, done.stdout)
