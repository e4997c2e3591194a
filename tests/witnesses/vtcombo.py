"""Vitess itself in one program, vtcombo: a vtgate, its tablets and their topology, over a MySQL.

It is built from the Go module of this folder, which pins it. `python -m tests.witnesses.vtcombo`
prints where it is or, where it cannot be had, what is missing.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from local.database.mysql import find_mysql
from tests.witnesses.planner import FOLDER, go_command, vitess_version

PACKAGE = "vitess.io/vitess/go/cmd/vtcombo"
NOT_RUN = "Not run, since there is no {} here: the suites of the database through Vitess's vtgate."


class NoVitess(Exception):
    """There is no Go to build it, or no MySQL below it; the text says which."""


def find(environ: Mapping[str, str]) -> Path:
    """The built program: minutes the first time; it stays in the user's cache. Raises NoVitess.

    Vitess works with MySQL itself only.
    """
    go = go_command()
    if go is None:
        raise NoVitess(NOT_RUN.format("Go"))
    if find_mysql(environ.get("PATH", "")) is None:
        raise NoVitess(NOT_RUN.format("MySQL (docs/local-cloud.md says how to have it)"))
    cache = Path(environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    program = cache / "latchkey" / f"vtcombo-{vitess_version()}"
    if not program.exists():
        _build(go, program)
    return program


def _build(go: str, program: Path) -> None:
    """Build under another name first: a program that is there is complete."""
    program.parent.mkdir(parents=True, exist_ok=True)
    unfinished = program.with_name(f"{program.name}.{os.getpid()}")
    command = [go, "build", "-mod=readonly", "-o", str(unfinished), PACKAGE]
    subprocess.run(command, cwd=FOLDER, check=True)
    unfinished.rename(program)


def main() -> int:
    """Print which it is; the status is 1 where there is none."""
    try:
        print(f"vtcombo: {find(os.environ)}")
    except NoVitess as missing:
        print(missing)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
