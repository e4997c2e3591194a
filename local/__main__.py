"""`python -m local <command>`: the local cloud and its tools."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence

COMMANDS = {
    "dev": ("local.commands.dev", "run the local cloud"),
    "stacks": ("local.commands.stacks", "list the stacks that run, or stop them"),
    "invoke": ("local.commands.invoke", "call one function with an event file"),
    "seed": ("local.commands.seed", "fill the database with demo rows"),
    "sync-users": (
        "local.commands.sync_users",
        "make the users table what the providers say",
    ),
    "migrate": ("local.commands.migrate", "bring the schema up to date"),
    "reset": ("local.commands.reset", "delete all local state"),
    "doctor": ("local.doctor", "check this machine and the settings, and say what to do"),
    "build": ("local.build", "build the deployable packages"),
    "guard-runtime": ("local.build.guard", "let the built template refuse another Runtime"),
    "audit": ("local.audit", "ask for known vulnerabilities of the pinned packages"),
}


def main(arguments: Sequence[str]) -> int:
    """Run the command's own `main` with the rest of the arguments; only its module is imported."""
    listing = "\n".join(f"  {name:<14} {purpose}" for name, (_, purpose) in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="python -m local",
        description=f"Commands:\n{listing}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS, metavar="command")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="passed to the command")
    chosen = parser.parse_args(arguments)
    module = importlib.import_module(COMMANDS[chosen.command][0])
    status: int = module.main(chosen.arguments)
    return status


if __name__ == "__main__":
    try:
        raise SystemExit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        raise SystemExit(130) from None
