"""Distributions of this environment, copied elsewhere: an installation that needs no network."""

from __future__ import annotations

import re
import shutil
from importlib.metadata import distribution
from pathlib import Path

ROOT = Path(__file__).parents[3]
RUNTIME_CLIENT = ("awslambdaric", "simplejson", "snapshot-restore-py")


def run_time_pins() -> list[str]:
    """The names in requirements.txt."""
    return re.findall(r"^([\w.-]+)==", (ROOT / "requirements.txt").read_text(), re.MULTILINE)


def copy_distribution(name: str, folder: Path) -> None:
    """Copy what pip would install below site-packages."""
    for file in distribution(name).files or []:
        if ".." not in file.parts and "__pycache__" not in file.parts:
            copy = folder / file
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file.locate(), copy)
