"""shared/database/driver_errors.py: after which errors a batch may run again."""

from __future__ import annotations

import pymysql
import pytest

from shared.database.driver_errors import NEVER_SENT, may_run_again

LOCK_WAIT_TIMEOUT, DEADLOCK, NO_AUTO_INCREMENT, SERVER_LOST = 1205, 1213, 1467, 2013


@pytest.mark.parametrize("number", [LOCK_WAIT_TIMEOUT, DEADLOCK, NO_AUTO_INCREMENT])
def test_a_statement_that_met_another_one_may_run_again(number):
    assert may_run_again(pymysql.OperationalError(number, "met another"), NEVER_SENT)


def test_a_statement_that_may_have_run_may_not_run_again_where_that_does_harm():
    assert not may_run_again(pymysql.OperationalError(SERVER_LOST, "lost"), NEVER_SENT)
