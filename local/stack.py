"""Which stack a command speaks to: a stack is a local cloud of this checkout, with its own state.

The variable NAME chooses it. The stack `main` is meant where NAME is not set; it has the folder
`.dev` itself, and every other one a folder below `.dev/stacks`.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MAIN = "main"
FOLDER = "stacks"
VALID_NAME = re.compile(r"[a-z]([a-z0-9-]{0,18}[a-z0-9])?")
RULE = (
    "A stack's name has 1 to 20 of the characters a-z, 0-9 and -, "
    "begins with a letter and does not end with -: NAME=second make dev"
)


class BadStackName(SystemExit):
    """NAME cannot be a stack's name; ends the command with a message that says what can."""

    def __init__(self, name: str) -> None:
        super().__init__(f"NAME={name!r} cannot be used. {RULE}")


def add_state_option(parser: argparse.ArgumentParser) -> None:
    """Add `--state DIR`: where all state is kept, that of other stacks below it."""
    parser.add_argument(
        "--state", type=Path, default=ROOT / ".dev", metavar="DIR", help="used in place of .dev"
    )


def chosen_folder(home: Path, environ: Mapping[str, str]) -> Path:
    """Return the state folder of the stack that NAME chooses; raises BadStackName."""
    return folder_of(home, chosen_name(environ))


def chosen_name(environ: Mapping[str, str]) -> str:
    """Return the name in NAME, or `main`; raises BadStackName.

    In the Windows Subsystem for Linux, every shell has the machine's name there: that is no choice.
    """
    name = environ.get("NAME", "")
    if "WSL_DISTRO_NAME" in environ and name.lower() == platform.node().lower():
        return MAIN
    return checked(name) if name else MAIN


def checked(name: str) -> str:
    """Return the name; raises BadStackName for one that is none."""
    if not VALID_NAME.fullmatch(name):
        raise BadStackName(name)
    return name


def folder_of(home: Path, name: str) -> Path:
    """Return a stack's state folder below `home`, the folder of `main`."""
    return home.resolve() if name == MAIN else home.resolve() / FOLDER / name


def name_of(state_dir: Path) -> str:
    """Return the name of the stack whose folder this is."""
    return state_dir.name if state_dir.parent.name == FOLDER else MAIN


def known_folders(home: Path) -> Iterator[Path]:
    """Return the state folder of each stack that has one, that of `main` first."""
    if home.is_dir():
        yield home.resolve()
        yield from sorted(path for path in (home.resolve() / FOLDER).glob("*") if path.is_dir())


def with_name(command: str, state_dir: Path) -> str:
    """Return what to type so that `command` speaks to the stack with this folder."""
    name = name_of(state_dir)
    return command if name == MAIN and not os.environ.get("NAME") else f"NAME={name} {command}"
