"""When a run with a real part leaves a record, and what is in it. Each runs pytest itself."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fidelity import records
from tests.fidelity.plugin import kind_of
from tests.fidelity.records import Record

ROOT = Path(__file__).parents[3]
CONFTEST = """
import pathlib
from tests.fidelity.part import Part
from tests.fidelity.plugin import Recorder

def pytest_configure(config):
    if not hasattr(config, "workerinput"):
        suites = {"suite": "tests", "suite/test_more.py": "stories"}
        part = Part("A part", "make it", "", suites, lambda: "1.2")
        config.pluginmanager.register(Recorder("it", part, pathlib.Path("made")))
"""
SUITE = """
import pytest

def test_good(record_property):
    record_property("checks", ("statements", 40))

def test_also_good():
    pass

@pytest.mark.skip(reason="not here")
def test_other():
    pass
"""
BAD = """
import pytest

def test_bad():
    assert False

@pytest.fixture
def leaking():
    yield
    assert False

def test_worse(leaking):
    pass
"""
Run = Callable[..., "Record | None"]


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """The suite of a part, with what does not belong to it beside it."""
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    for folder in ("suite", "beside"):
        (tmp_path / folder).mkdir()
    (tmp_path / "suite" / "test_it.py").write_text(SUITE)
    (tmp_path / "suite" / "test_more.py").write_text("def test_story(): pass\n")
    (tmp_path / "beside" / "test_beside.py").write_text("def test_beside(): assert False\n")
    return tmp_path / "suite"


@pytest.fixture
def run(suite: Path) -> Run:
    """Runs pytest with these words; answers the record that it leaves, without its time."""

    def record(*words: str) -> Record | None:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *words]
        environ = {"PYTHONPATH": str(ROOT), "PATH": ""}
        subprocess.run(command, cwd=suite.parent, env=environ, capture_output=True, check=False)
        found = records.read(suite.parent / "made").get("it")
        return found and found._replace(finished="")

    return record


WHOLE = Record("1.2", "", {"tests": 2, "statements": 40, "stories": 1}, {"not here": 1}, [])


def test_a_whole_run_leaves_version_and_counts(run: Run) -> None:
    assert run("suite") == WHOLE


def test_so_does_one_in_two_processes(run: Run) -> None:
    assert run("-n2", "suite") == WHOLE


def test_a_test_elsewhere_is_not_counted(run: Run) -> None:
    assert run(".") == WHOLE


def test_a_failure_is_named_and_not_counted_as_passed(run: Run, suite: Path) -> None:
    (suite / "test_bad.py").write_text(BAD)

    assert run("suite") == WHOLE._replace(failed=["test_bad", "test_worse"])


@pytest.mark.parametrize(
    "words",
    [
        ("suite", "-k", "good"),
        ("suite", "--deselect", "suite/test_it.py::test_good"),
        ("suite", "--ignore", "suite/test_more.py"),
        ("suite/test_it.py",),
        ("suite/test_it.py::test_good", "suite/test_more.py"),
        ("beside",),
        ("suite", "--collect-only"),
    ],
    ids=" ".join,
)
def test_a_part_of_the_suite_leaves_none(run: Run, words: tuple[str, ...]) -> None:
    assert run(*words) is None


def test_a_run_that_stops_at_a_failure_leaves_none(run: Run, suite: Path) -> None:
    (suite / "test_later.py").write_text(BAD)

    assert run("suite", "-x") is None


def test_a_run_that_cannot_begin_leaves_none(run: Run, suite: Path) -> None:
    (suite / "test_bad.py").write_text("import nothing_of_this_name\n")

    assert run("suite") is None


def test_a_run_in_which_all_is_skipped_leaves_none(run: Run, suite: Path) -> None:
    (suite / "conftest.py").write_text(
        "import pytest\n\n"
        "@pytest.fixture(autouse=True)\ndef missing(): pytest.skip('no such server')\n"
    )

    assert run("suite") is None


def test_a_test_belongs_to_the_innermost_suite() -> None:
    suites = {"a": "of a", "a/test_b.py": "of b"}

    kinds = [
        kind_of(test, suites) for test in ("a/test_b.py::test_1", "a/test_c.py::test_1", "ab/c::d")
    ]

    assert kinds == ["of b", "of a", None]
