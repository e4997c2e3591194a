"""Python source as `make lint` wants it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from scaffold.checkout import Refused


def formatted(path: str, source: str, *mended_rules: str) -> str:
    """The source with its imports sorted and its lines broken, by ruff and the project's rules.

    Breaches of further rules that ruff can mend are mended. Raises Refused for what is not Python.
    """
    rules = ",".join(["I", *mended_rules])
    mended = _ruff(path, source, "check", "--quiet", "--fix", "--select", rules)
    return _ruff(path, mended, "format", "--quiet")


def _ruff(path: str, source: str, *words: str) -> str:
    ruff = str(Path(sys.executable).with_name("ruff"))
    command = [ruff, *words, "--stdin-filename", path, "-"]
    done = subprocess.run(command, input=source, capture_output=True, text=True)
    if done.returncode:
        raise Refused(f"{path} cannot be formatted: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout
