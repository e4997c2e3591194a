"""The Node packages beside this module: what writes, checks and builds JavaScript for the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[3]
FOLDER = Path(__file__).parent
PACKAGES = FOLDER / "node_modules"


def is_installed() -> bool:
    return PACKAGES.is_dir() and shutil.which("node") is not None


def install() -> bool:
    """Bring the packages to what is pinned, over the network; False where there is no Node."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        return False
    if not _is_up_to_date():
        subprocess.run(["npm", "ci", "--silent", "--no-audit"], cwd=FOLDER, check=True)
    return True


def run(program: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a program, such as `tsc/bin/tsc`; its standard output and errors are one text."""
    return subprocess.run(
        [PACKAGES / program, *words],
        cwd=ROOT,
        env=os.environ | {"NODE_PATH": str(PACKAGES)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _is_up_to_date() -> bool:
    """By the list that npm writes into the folder of the packages when it has installed them."""
    installed = PACKAGES / ".package-lock.json"
    pinned = FOLDER / "package-lock.json"
    return installed.exists() and installed.stat().st_mtime >= pinned.stat().st_mtime
