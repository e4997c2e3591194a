"""Python source as `make lint` wants it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from scaffold.checkout import Refused


def formatted(path: str, source: str) -> str:
    """The source with its imports sorted and its lines broken, by ruff and the project's rules.

    Raises Refused for what is not Python.
    """
    sort_imports = ["check", "--quiet", "--fix", "--select", "I"]
    return _ruff(path, _ruff(path, source, *sort_imports), "format", "--quiet")


def _ruff(path: str, source: str, *words: str) -> str:
    ruff = str(Path(sys.executable).with_name("ruff"))
    command = [ruff, *words, "--stdin-filename", path, "-"]
    done = subprocess.run(command, input=source, capture_output=True, text=True)
    if done.returncode:
        raise Refused(f"{path} cannot be formatted: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout
