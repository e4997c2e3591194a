"""docs/fidelity.md says what the runs have found, of every real part and of the pinned version."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import dev
from tests.fidelity import page, records
from tests.fidelity.part import Part
from tests.fidelity.parts import PARTS
from tests.fidelity.records import KEPT, Record
from tests.live.__main__ import SUITES
from tests.witnesses import identity_page

ROOT = Path(__file__).parents[3]
RECORDS = records.read(KEPT)
LIVE = {suite.real_part for suite in SUITES.values()}
WITH_STAND_INS = {"test", "test-unit", "test-extending", "test-security"}
RUNS = [*ROOT.glob("tests/*/run"), *ROOT.glob("tests/*/*/run"), *ROOT.glob("tests/*/run.py")]

PART = Part("A part", "make test-it", "its suite", {"tests/it": "tests"}, str)
RECORD = Record("1.2", "2026-11-28T02:00:00+00:00", {"tests": 1234, "requests": 5}, {}, [])


def test_the_table_is_that_of_the_records() -> None:
    assert f"\n{page.table(RECORDS)}\n" in page.PAGE.read_text(), "Run `make fidelity`."


def test_the_page_has_every_difference_of_identity() -> None:
    assert f"\n{identity_page.table()}\n" in page.PAGE.read_text(), "Run `make fidelity`."


def test_every_part_that_needs_no_account_has_a_record_and_nothing_else_has() -> None:
    assert {*RECORDS} - LIVE == {*PARTS} - LIVE


@pytest.mark.parametrize("key", RECORDS)
def test_a_record_is_of_the_version_that_this_tree_pins(key: str) -> None:
    part = PARTS[key]

    assert part.pin() in RECORDS[key].version, f"Run `{part.target}`, then `make fidelity`."


def test_every_command_with_a_real_part_has_a_row() -> None:
    commands = {name for name in dev.TARGETS if re.match("test(-|$)", name)} - WITH_STAND_INS

    assert commands == {part.target.removeprefix("make ") for part in PARTS.values()}


@pytest.mark.parametrize("key", sorted({*PARTS} - LIVE))
def test_a_run_leaves_the_record_of_each_part(key: str) -> None:
    assert re.search(rf"\b{key}\b", "".join(run.read_text() for run in RUNS))


def test_the_readme_names_the_mysql_that_was_run() -> None:
    assert f"MySQL {RECORDS['mysql'].version}," in (ROOT / "README.md").read_text()


def test_a_row_has_version_date_and_counts() -> None:
    assert page.row(PART, RECORD, "") == (
        "| A part | 1.2 | 2026-11-28 | `make test-it`: its suite "
        "| 1,234 tests, 5 requests | none |\n"
    )


def test_a_row_says_what_was_skipped_and_what_failed() -> None:
    record = RECORD._replace(skipped={"why": 2, "because": 1}, failed=["test_a", "test_b"])

    row = page.row(PART._replace(differences="[below](#it)"), record, "")

    assert row.endswith(
        "| 1,234 tests, 5 requests; **2 failed**; 3 skipped "
        "| [below](#it); failed: `test_a`, `test_b` |\n"
    )


def test_a_row_says_where_ci_runs_it() -> None:
    assert "| `make test-it`, in `.ci/run` too: its suite |" in page.row(
        PART, RECORD, "step make test-it\n"
    )


def test_a_part_that_nobody_has_run_says_so() -> None:
    row = page.row(PART, None, "")

    assert row == "| A part | – | – | `make test-it`: its suite | none yet | not known |\n"
