"""A developer's own database and projects are out of the tests' reach."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from local.settings import load_settings

ROOT = Path(__file__).parents[2]
MINE = "mysql://me:secret@mine.example/production"
FIRST_LINES = "import os, tests.conftest; print(repr(os.environ['DATABASE_URL']))"


def test_database_that_is_exported_is_not_seen_by_tests() -> None:
    shown = subprocess.run(
        [sys.executable, "-c", FIRST_LINES],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": MINE},
        capture_output=True,
        text=True,
        check=True,
    )

    assert shown.stdout == "''\n"


@pytest.mark.parametrize("name", ["DATABASE_URL", "PLANETSCALE_HOST", "STYTCH_PROJECT_ID"])
def test_value_in_the_dotenv_file_is_not_seen_by_tests(name: str, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"{name}={MINE}\n")

    assert name not in load_settings(tmp_path, tmp_path / ".dev", os.environ).environ
