"""What a live run leaves in docs/fidelity.md, and what docs/live.md says of its variables."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.live import accounts, report
from tests.live.__main__ import SUITES

JUNIT = """<testsuites><testsuite>
<testcase name="test_good"/>
<testcase name="test_bad"><failure/><error/></testcase>
<testcase name="test_worse"><error/></testcase>
<testcase name="test_other"><skipped message="its mails cannot be read"/></testcase>
</testsuite></testsuites>"""
RESULT = report.Result(3, ("test_bad", "test_worse"), Counter(["its mails cannot be read"]))


def test_a_report_of_pytest_is_read() -> None:
    assert report.read(JUNIT) == RESULT


def test_the_row_has_date_counts_and_failures() -> None:
    row = report.row("Stytch", RESULT, datetime(2026, 11, 27, tzinfo=UTC))

    assert row == (
        "| Stytch | 2026-11-27 | `make test-live` | 3 tests; 1 do not apply "
        "| `test_bad`, `test_worse` |"
    )


@pytest.mark.parametrize("suite", SUITES.values(), ids=SUITES.keys())
def test_every_suite_has_one_row_which_a_run_replaces(suite) -> None:
    page = report.PAGE.read_text()

    changed = report.with_row(page, suite.name, "| new |")

    assert changed.count("| new |") == 1
    assert len(changed.splitlines()) == len(page.splitlines())


def test_every_reason_is_counted() -> None:
    assert RESULT.why_skipped() == "    1 its mails cannot be read\n"


def test_the_page_names_the_variables_that_are_read_and_no_other() -> None:
    source = Path(accounts.__file__).read_text()
    read = set(re.findall(r'"((?:LIVE|LATCHKEY)_[A-Z_]+)"', source))
    page = (report.PAGE.parent / "live.md").read_text()

    assert set(re.findall(r"\b(?:LIVE|LATCHKEY)_[A-Z_]+", page)) == read
