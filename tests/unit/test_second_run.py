"""What `.ci/run` does with a test that fails, and how it tells."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ALL_PASS = (0, "")
SOME_FAIL = (2, "make: *** [Makefile:11: test] Error 1")
BROKEN_OFF = (2, "make: *** [Makefile:11: test] Error 3")
MAKE = """\
import json, pathlib, sys
world = json.loads(pathlib.Path("world.json").read_text())
status, message = world["runs"].pop(0)
world["options"].append(sys.argv[-1])
pathlib.Path("world.json").write_text(json.dumps(world))
print(message, file=sys.stderr)
sys.exit(status)
"""


class Suite:
    """A stand-in for `make test`: how its runs end, and which tests fail in the first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.report = folder / "report"

    def run(self, *runs: tuple[int, str], failing: tuple[str, ...] = (), words: str = "") -> int:
        """The status of a step whose runs end like this; `words` is its own `ARGS=…`."""
        cache = self.folder / ".pytest_cache" / "v" / "cache"
        cache.mkdir(parents=True, exist_ok=True)
        (cache / "lastfailed").write_text(json.dumps(dict.fromkeys(failing, True)))
        self._world.write_text(json.dumps({"runs": runs, "options": []}))
        second_run = [sys.executable, ROOT / ".ci" / "second_run.py", self.report, "a step"]
        command = [*second_run, sys.executable, "-c", MAKE, words]
        return subprocess.run(command, cwd=self.folder).returncode

    @property
    def options(self) -> list[str]:
        """What each run was given."""
        return json.loads(self._world.read_text())["options"]

    @property
    def _world(self) -> Path:
        return self.folder / "world.json"


@pytest.fixture
def suite(tmp_path: Path) -> Suite:
    return Suite(tmp_path)


def test_a_suite_that_passes_runs_once(suite: Suite) -> None:
    status = suite.run(ALL_PASS)

    assert status == 0
    assert suite.options == ["ARGS=--cache-clear"]
    assert not suite.report.exists()


def test_a_test_that_passes_in_the_second_run_is_reported(suite: Suite) -> None:
    status = suite.run(SOME_FAIL, ALL_PASS, failing=("a.py::one[x y]",))

    assert status == 0
    assert suite.options[1:] == ["ARGS=--last-failed"]
    assert suite.report.read_text() == "a.py::one[x y] (a step)\n"


def test_both_runs_of_a_suite_stay_in_its_folders(suite: Suite) -> None:
    suite.run(SOME_FAIL, ALL_PASS, failing=("a/a.py::one",), words="ARGS=a b")

    assert suite.options == ["ARGS=a b --cache-clear", "ARGS=a b --last-failed"]


def test_a_test_that_fails_twice_fails_the_suite(suite: Suite) -> None:
    status = suite.run(SOME_FAIL, SOME_FAIL, failing=("a.py::one",))

    assert status == 2
    assert not suite.report.exists()


def test_three_tests_that_fail_are_not_run_again(suite: Suite) -> None:
    status = suite.run(SOME_FAIL, failing=("a.py::one", "a.py::two", "a.py::three"))

    assert status == 2
    assert suite.options == ["ARGS=--cache-clear"]


def test_failures_of_earlier_suites_count(suite: Suite) -> None:
    suite.run(SOME_FAIL, ALL_PASS, failing=("a.py::one", "a.py::two"))

    status = suite.run(SOME_FAIL, failing=("b.py::one",))

    assert status == 2
    assert suite.options == ["ARGS=--cache-clear"]


def test_a_run_that_broke_off_is_not_mended_by_a_second(suite: Suite) -> None:
    status = suite.run(BROKEN_OFF, failing=("a.py::one",))

    assert status == 2
    assert suite.options == ["ARGS=--cache-clear"]
