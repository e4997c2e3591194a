"""GoTrue, the server that Netlify Identity is: a program of this machine, or built from Go's proxy.

`python -m tests.witnesses.gotrue` prints where it is or, where there is none, how to have it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tests.witnesses.planner import go_command

MODULE = "github.com/netlify/gotrue"
COMMIT = "ab1bf15f0aa64542500a9befb09b218ec93b3568"
VERSION = COMMIT[:7]
TELLS_COMMIT = f"-X {MODULE}/cmd.Version={COMMIT}"  # as its own Makefile builds it
MIGRATIONS = "GOTRUE_DB_MIGRATIONS_PATH"  # GoTrue's own setting
NOT_RUN = (
    "Not run, since there is no GoTrue here: the contract of Identity against the real server. "
    f"To have it, `make build` in a checkout of https://{MODULE} at {VERSION}, and set GOTRUE to "
    "the path of the program `gotrue` there."
)


class Program(NamedTuple):
    """An executable, and the folder with the migrations of its database."""

    path: Path
    migrations: Path


class NoGoTrue(Exception):
    """There is none here, or not all of it; the text says what to do."""


def find(environ: Mapping[str, str]) -> Program:
    """The one that GOTRUE names, else the one on PATH, else one that Go builds. Raises NoGoTrue.

    The migrations are those of GoTrue's own setting, else those beside the program.
    """
    if named := environ.get("GOTRUE"):
        return _of_checkout(named, environ)
    if found := shutil.which("gotrue", path=environ.get("PATH", "")):
        return _of_checkout(found, environ)
    return _built(environ)


def _of_checkout(name: str, environ: Mapping[str, str]) -> Program:
    program = Path(name).absolute()
    if program.is_dir() or not os.access(program, os.X_OK):
        raise NoGoTrue(f"GOTRUE={name} is no program.")
    migrations = Path(environ.get(MIGRATIONS) or program.resolve().parent / "migrations").absolute()
    if not migrations.is_dir():
        raise NoGoTrue(
            f"{name} lacks its migrations, since there is no {migrations}: build it in its "
            f"checkout, or set {MIGRATIONS} to the checkout's migrations."
        )
    return Program(program, migrations)


def _built(environ: Mapping[str, str]) -> Program:
    """Built from the source that Go's proxy gives, into the user's cache; it stays there."""
    go = go_command()
    if go is None:
        raise NoGoTrue(NOT_RUN)
    asked = subprocess.run(
        [go, "mod", "download", "-json", f"{MODULE}@{COMMIT}"], capture_output=True, text=True
    )
    if asked.returncode != 0:
        raise NoGoTrue(NOT_RUN)
    source = Path(json.loads(asked.stdout)["Dir"])
    cache = Path(environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    program = cache / "latchkey" / f"gotrue-{VERSION}"
    program.parent.mkdir(parents=True, exist_ok=True)
    command = [go, "build", "-mod=readonly", "-ldflags", TELLS_COMMIT, "-o", str(program), "."]
    subprocess.run(command, cwd=source, check=True)
    return Program(program, source / "migrations")


def main() -> int:
    """Print which it is; the status is 1 where there is none, and 2 where GOTRUE is wrong."""
    try:
        print(f"GoTrue: {find(os.environ).path}")
    except NoGoTrue as missing:
        print(missing)
        return 2 if os.environ.get("GOTRUE") else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
