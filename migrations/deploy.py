"""`python -m migrations.deploy`: send the migrations to PlanetScale, or take the last ones back.

    make deploy-db                                  a branch, a deploy request, the deployment
    make deploy-db ARGS="--dry-run"                 show the commands; no account is needed
    make deploy-db ARGS="revert 7"                  take deploy request 7 back

Every command is shown before it runs. docs/deploy.md walks through it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from migrations.apply import MigrationError
from migrations.command import fail
from migrations.deploy_request import notes
from migrations.deployment import Deployment
from migrations.files import read_migrations
from migrations.pscale import Pscale, PscaleError, shown
from migrations.pscale_commands import Command, Commands


def main(arguments: Sequence[str]) -> int:
    """Answers the exit code: 0, or 1 after saying what to do."""
    options = _parse(arguments)
    commands = Commands(options.database, options.branch, options.into)
    if options.dry_run:
        _rehearse(commands, options.number)
        return 0
    deployment = Deployment(commands, Pscale(_say), _say)
    try:
        if options.action == "revert":
            deployment.revert(options.number)
        else:
            deployment.deploy(read_migrations(), _agree if options.yes else _ask)
    except (MigrationError, PscaleError) as error:
        return fail(f"{error}\nRun the same again to go on from there.")
    except KeyboardInterrupt:
        return fail("Stopped. Run the same again to go on from there.")
    return 0


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
    parser.add_argument("--dry-run", action="store_true", help="show the commands, and run none")
    parser.add_argument("--yes", action="store_true", help="deploy without asking")
    options = parser.parse_args(arguments)
    if (options.action == "revert") != (options.number is not None):
        parser.error("say which: revert NUMBER")
    return options


def _rehearse(commands: Commands, number: int | None) -> None:
    """Show what would run, as if the newest migration were the one that is missing."""
    *applied, newest = [migration.name for migration in read_migrations()]
    if number is None:
        plan = _deploy_plan(commands, applied, newest)
    else:
        plan = _revert_plan(commands, number, newest)
    for command in plan:
        _say(f"$ {shown(command)}")


def _deploy_plan(commands: Commands, applied: Sequence[str], newest: str) -> list[Command]:
    number = "NUMBER"
    return [
        commands.check_login(),
        commands.list_branches(),
        commands.list_applied(),
        commands.list_requests(),
        commands.create_branch(),
        commands.record_on_branch(applied),
        commands.migrate_branch(),
        commands.create_request(notes([newest])),
        commands.show_request(number),
        commands.diff_request(number),
        commands.deploy_request(number),
        commands.show_request(number),
        commands.record([newest]),
    ]


def _revert_plan(commands: Commands, number: int, newest: str) -> list[Command]:
    return [
        commands.check_login(),
        commands.show_request(number),
        commands.revert_request(number),
        commands.show_request(number),
        commands.forget([newest]),
    ]


def _ask(question: str) -> bool:
    if not sys.stdin.isatty():
        _say(f"{question} Run the same again with --yes.")
        return False
    return input(f"{question} [y/N] ").strip().lower() in {"y", "yes"}


def _agree(_question: str) -> bool:
    return True


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
