"""An editor's *run test*: one test, in any folder, with nothing set but the interpreter."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
ALONE = "tests/unit/local_cloud/test_stack.py::test_no_folder_is_known_before_the_first_start"
WITH_A_CLOUD = "tests/integration/local_cloud/test_running.py::test_every_part_is_up"
IN_A_CLASS = "tests/unit/test_bootstrap.py::TestChoosingPython"


def run_test(test: str, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run it as an editor does, in an environment that has nothing of a shell's."""
    kept = {name: os.environ[name] for name in ("HOME", "DEV_DB") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options, test],
        cwd=folder,
        env={**kept, "PATH": os.defpath},
        capture_output=True,
        text=True,
        timeout=110,
    )


@pytest.mark.parametrize("test", [ALONE, WITH_A_CLOUD])
def test_it_runs_in_the_projects_folder(test: str) -> None:
    done = run_test(test, ROOT)

    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout


@pytest.mark.parametrize("options", [[], ["-n0"], [f"--rootdir={ROOT}"]])
def test_it_runs_in_another_folder(tmp_path: Path, options: list[str]) -> None:
    done = run_test(str(ROOT / ALONE), tmp_path, *options)

    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout


def test_it_runs_in_the_folder_of_its_file() -> None:
    done = run_test(IN_A_CLASS.rpartition("/")[2], ROOT / "tests" / "unit")

    assert done.returncode == 0, done.stdout


def test_it_runs_in_one_process() -> None:
    assert "workers" not in run_test(ALONE, ROOT).stdout


def test_vs_code_is_told_interpreter_and_pytest() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text())

    assert settings["python.defaultInterpreterPath"] == "${workspaceFolder}/.venv/bin/python"
    assert settings["python.testing.pytestEnabled"] is True


def test_vs_code_debugs_the_tests_of_a_file() -> None:
    launch = json.loads((ROOT / ".vscode" / "launch.json").read_text())
    [tests] = [one for one in launch["configurations"] if one["request"] == "launch"]

    assert (tests["module"], tests["args"]) == ("pytest", ["${file}"])
