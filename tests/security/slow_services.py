"""The tests of `tests/security/slow`: every way of slowness, at both faces of a running cloud."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from tests.security.description import ROOT

WORKERS = 4  # each with a cloud of its own; they wait most of the time


class Tried(NamedTuple):
    """How many cells were tried, and the names of those that answered something else."""

    cells: int
    wrong: list[str]


def run() -> Tried:
    """Run them; raises CalledProcessError where they cannot be run at all."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-n", str(WORKERS), "tests/security/slow"]
        ended = subprocess.run(
            [*command, f"--junitxml={report}"], cwd=ROOT, stdout=subprocess.DEVNULL, check=False
        )
        if not report.exists():
            raise subprocess.CalledProcessError(ended.returncode, command)
        cases = list(ElementTree.parse(report).iter("testcase"))
    return Tried(len(cases), [case.get("name", "") for case in cases if len(case)])
