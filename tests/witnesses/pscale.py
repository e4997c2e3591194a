"""pscale, PlanetScale's own command: a program of this machine.

`python -m tests.witnesses.pscale` prints where it is or, where there is none, how to have it. Go's
module proxy does not serve it.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

NOT_RUN = (
    "Not run, since there is no pscale here: `make deploy-db` with PlanetScale's own command. To "
    "have it, see planetscale.com/docs/cli, or set PSCALE to the path of the program."
)


class NoPscale(Exception):
    """There is none here; the text says what to do."""


def find(environ: Mapping[str, str]) -> Path:
    """The one that PSCALE names, else the one on PATH. Raises NoPscale."""
    if named := environ.get("PSCALE"):
        program = Path(named).absolute()
        if program.is_dir() or not os.access(program, os.X_OK):
            raise NoPscale(f"PSCALE={named} is no program.")
        return program
    if found := shutil.which("pscale", path=environ.get("PATH", "")):
        return Path(found).absolute()
    raise NoPscale(NOT_RUN)


def main() -> int:
    """Print which it is; the status is 1 where there is none, and 2 where PSCALE is wrong."""
    try:
        print(f"pscale: {find(os.environ)}")
    except NoPscale as missing:
        print(missing)
        return 2 if os.environ.get("PSCALE") else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
