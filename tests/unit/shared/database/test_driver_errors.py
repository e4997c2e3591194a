"""shared/database/driver_errors.py: which batch may run again, and what an error means."""

from __future__ import annotations

import pymysql
import pytest

from shared.database.driver_errors import NEVER_SENT, may_run_again, translated
from shared.errors import DatabaseUnavailable, SchemaBehind, WriteInDoubt

LOCK_WAIT_TIMEOUT, DEADLOCK, NO_AUTO_INCREMENT, SERVER_LOST = 1205, 1213, 1467, 2013
UNKNOWN_TO_VITESS = 1105


@pytest.mark.parametrize("number", [LOCK_WAIT_TIMEOUT, DEADLOCK, NO_AUTO_INCREMENT])
def test_a_statement_that_met_another_one_may_run_again(number):
    assert may_run_again(pymysql.OperationalError(number, "met another"), NEVER_SENT)


def test_a_statement_that_may_have_run_may_not_run_again_where_that_does_harm():
    assert not may_run_again(pymysql.OperationalError(SERVER_LOST, "lost"), NEVER_SENT)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("table issues not found", SchemaBehind),
        ("target: latchkey.0.primary: no healthy tablet available", DatabaseUnavailable),
    ],
)
def test_of_what_vitess_has_no_number_for_a_missing_table_is_a_schema_behind(text, expected):
    error = pymysql.OperationalError(UNKNOWN_TO_VITESS, text)

    assert type(translated(error, WriteInDoubt)) is expected
