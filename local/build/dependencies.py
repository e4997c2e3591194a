"""The run-time dependencies, as wheels for the target: nothing is compiled here."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from uv import find_uv_bin

from local.build.errors import BuildError
from local.build.target import Target


def install_dependencies(requirements: Path, target: Target, folder: Path) -> None:
    """Install exactly what is pinned, checked by its hashes; raises BuildError."""
    platform = ["--python-platform", target.platform] if target.platform else []
    command = [
        *(find_uv_bin(), "pip", "install", "--quiet"),
        *("--python", sys.executable, "--python-version", target.python, *platform),
        *("--only-binary", ":all:", "--require-hashes", "--requirements", str(requirements)),
        *("--link-mode", "copy", "--target", str(folder)),
    ]
    if subprocess.call(command) != 0:
        raise BuildError("the dependencies could not be installed; the lines above say why")
