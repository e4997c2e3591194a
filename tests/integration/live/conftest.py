"""`make test-live` as a command, with no account but those that a test gives to it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
Live = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def live() -> Live:
    """Runs it with these variables and words."""

    def run(account: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
        others = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("LIVE_", "LATCHKEY_", "PYTEST_"))
        }
        return subprocess.run(
            [sys.executable, "-m", "tests.live", *words],
            cwd=ROOT,
            env=others | account,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def passed_in(output: str) -> int:
    """How many tests have passed in a run of pytest."""
    found = re.search(r"\b(\d+) passed\b", output)
    return int(found[1]) if found else 0
