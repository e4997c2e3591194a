"""Copies of the project, to be changed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOT_COPIED = (
    ".git",
    ".venv",
    ".dev",
    ".netlify",
    ".aws-sam",
    ".*_cache",
    "__pycache__",
    "node_modules",
)


@pytest.fixture(scope="module")
def new_copy(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Makes a copy of the project, which uses this one's `.venv`."""

    def copy() -> Path:
        folder = tmp_path_factory.mktemp("copy") / "latchkey"
        shutil.copytree(ROOT, folder, ignore=not_copied)
        (folder / ".venv").symlink_to(ROOT / ".venv")
        return folder

    return copy


def not_copied(folder: str, names: list[str]) -> set[str]:
    """What of a folder stays behind: `local/build` is code, and the project's own build/ is not."""
    made_here = {"build"} if Path(folder) == ROOT else set()
    return made_here | shutil.ignore_patterns(*NOT_COPIED)(folder, names)


@pytest.fixture(scope="module")
def environ() -> dict[str, str]:
    """The environment without what pytest and make have put there, on a machine without Go."""
    ours = ("ARGS", "PYTEST_", "MAKE", "MFLAGS", "COVERAGE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | {"GO": "none"}
