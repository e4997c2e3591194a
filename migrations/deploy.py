"""`python -m migrations.deploy`: send the migrations to PlanetScale, or take the last ones back.

    make deploy-db                                  a branch, a deploy request, the deployment
    make deploy-db ARGS="--dry-run"                 print the commands; no account is needed
    make deploy-db ARGS="revert 7"                  take deploy request 7 back

Every command is printed before it runs. docs/deploy.md says what to do when one fails.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Sequence

from migrations.command import fail
from migrations.deploy_steps import DEPLOY, REVERT, perform, show
from migrations.deployment import DEPLOYED, DeployError, Deployment
from migrations.files import read_migrations


def main(arguments: Sequence[str]) -> int:
    """Answers the exit code: 0, or 1 after printing what is wrong and the next command to type."""
    options = _parse(arguments)
    deployment = Deployment(options.database, options.branch, options.into, read_migrations())
    if options.action == "revert":
        deployment.request = {"number": options.number}
    steps = REVERT if deployment.request else DEPLOY
    if options.dry_run:
        *deployment.applied, newest = [migration.name for migration in read_migrations()]
        deployment.names = [newest]
        for step in steps:
            if step.concerns(deployment):
                show(step, deployment)
        return 0
    next_command = _make(arguments)
    try:
        perform(steps, deployment, (lambda _: True) if options.yes else _ask)
        print(_outcome(deployment, _make([*arguments, "--yes"])))
    except DeployError as error:
        problem, next_command = error.problem, error.next_command or next_command
    except KeyboardInterrupt:
        problem = "Stopped."
    else:
        return 0
    if deployment.needs_request:
        problem += f"\nIf the branch {deployment.branch} was made, the next run goes on with it."
    return fail(f"{problem}\nNext: {next_command}")


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    newest = read_migrations()[-1].name.partition("_")[0]
    parser = argparse.ArgumentParser(
        prog="python -m migrations.deploy",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("action", nargs="?", choices=["deploy", "revert"], default="deploy")
    parser.add_argument("number", nargs="?", type=int, help="of the deploy request to revert")
    parser.add_argument("--database", default="latchkey", help="at PlanetScale (latchkey)")
    parser.add_argument("--branch", default=f"migrations-{newest}", help="to apply them on first")
    parser.add_argument("--into", default="main", help="the branch to deploy into (main)")
    parser.add_argument("--dry-run", action="store_true", help="print the commands, and run none")
    parser.add_argument("--yes", action="store_true", help="deploy without asking")
    options = parser.parse_args(arguments)
    if (options.action == "revert") != (options.number is not None):
        parser.error("say which: revert NUMBER")
    return options


def _ask(question: str) -> bool:
    return sys.stdin.isatty() and input(f"{question} [y/N] ").strip().lower() in {"y", "yes"}


def _make(arguments: Sequence[str]) -> str:
    words = f" ARGS={shlex.quote(shlex.join(arguments))}" if arguments else ""
    return f"make deploy-db{words}"


def _outcome(deployment: Deployment, agree: str) -> str:
    """What to say after the last step; raises DeployError when the deploy request failed."""
    request, state = deployment.request, deployment.state
    if not request:
        return f"{deployment.into} is up to date"
    number, url = request["number"], request["html_url"]
    if state == "ready":
        return f"Deploy request {number} is not deployed yet: {url}\nNext: {agree}"
    delete = deployment.shown("pscale branch delete $database $branch")
    if state == "complete_revert":
        return f"deploy request {number} is reverted. Its branch is still there: {delete}"
    if state in DEPLOYED:
        return (
            f"{_how_far(deployment)} The branch is not needed any more: {delete}\n"
            f"To take this back within 30 minutes: {deployment.revert(number)}"
        )
    lint_errors = (request["deployment"] or {}).get("lint_errors") or []
    if not lint_errors:
        raise DeployError(f"Deploy request {number} is {state}: {url}")
    reasons = "; ".join(error["error_description"] for error in lint_errors)
    advice = "Fix the migration and delete its branch; then deploy again."
    raise DeployError(f"Deploy request {number} is {state}: {reasons}\n{advice}", delete)


def _how_far(deployment: Deployment) -> str:
    if not deployment.left:
        return f"{deployment.into} is up to date."
    return (
        f"{deployment.into} has {deployment.names[-1]}. {deployment.left[0]} drops what the code "
        "before may use: deploy the new code, then run this again."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
