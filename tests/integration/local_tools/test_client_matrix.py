"""What `make test-clients` tells of a client that works, fails, or was not tried at all."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.clients import run
from tests.clients.run import Client, report
from tests.fidelity import records

TAP = "ok 1 - a\\nok 2 - b # SKIP too old\\n# pass 1"


def client(code: str, leaves: str = "") -> Client:
    """A client whose trial is this Python code."""
    return Client("a-client (Python)", "1.2.3", (sys.executable, "-c", code), leaves=leaves)


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where records of runs are kept meanwhile."""
    monkeypatch.setattr(records, "MADE", tmp_path)
    return tmp_path


@pytest.mark.parametrize("summary", ["# tests 12\\n# pass 12", "12 passed in 0.02s"])
def test_client_that_works_gets_a_line(capsys: pytest.CaptureFixture[str], summary: str) -> None:
    works = report([client(f"print('{summary}')")])

    assert works
    assert capsys.readouterr().out.split() == [
        *("a-client", "(Python)", "1.2.3"),
        *("ok", "(12", "tests)"),
    ]


def test_client_that_fails_is_shown_with_its_output(capsys: pytest.CaptureFixture[str]) -> None:
    works = report([client("print('1 failed, 2 passed'); raise SystemExit('because')")])

    said = capsys.readouterr().out
    assert not works
    assert "FAILED  (2 tests)" in said
    assert "because" in said


def test_client_of_which_nothing_was_tried_does_not_count_as_working() -> None:
    assert not report([client("print('3 skipped')")])


def test_client_for_node_that_works_leaves_a_record(made: Path) -> None:
    report([client(f"print('{TAP}')", leaves="a-client")])

    record = records.read(made)["a-client"]
    assert record[:1] + record[2:] == ("1.2.3", {"tests": 1}, {"too old": 1}, [])


def test_client_for_node_that_fails_leaves_none(made: Path) -> None:
    report([client(f"print('{TAP}'); raise SystemExit(1)", leaves="a-client")])

    assert records.read(made) == {}


def test_failure_is_not_hidden_by_a_client_that_works_afterwards() -> None:
    assert not report([client("raise SystemExit(1)"), client("print('1 passed')")])


def test_missing_node_is_said_and_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "python_clients", list)
    monkeypatch.setenv("PATH", "")

    status = run.main()

    assert status == 1
    assert "Node is not installed" in capsys.readouterr().out
