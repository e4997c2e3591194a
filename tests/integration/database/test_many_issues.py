"""shared/database/accounts.py: an account may have more issues than one invocation can delete."""

from __future__ import annotations

from collections.abc import Iterator

import pymysql
import pytest
from pymysql.cursors import DictCursor

from shared import stopwatch
from shared.account_deletion import delete_account
from shared.auth.principal import Principal
from shared.database import accounts
from shared.database.database import database
from shared.errors import Unavailable
from tests.support.configuration import Configure
from tests.support.configuration import configure as configure
from tests.support.tables import drop_tables, make_tables

ADA = Principal("stytch:user-test-1", "stytch", "ada@example.com", "Ada")
TABLES = ("users", "issues", "deleted_accounts")
NEARLY_USED_UP_MS = 2500
ISSUES = 2500


@pytest.fixture(autouse=True)
def issues_of_ada(
    server_address: str, root: pymysql.Connection[DictCursor], configure: Configure
) -> Iterator[None]:
    configure(DATABASE_URL=server_address)
    with root.cursor() as cursor:
        make_tables(cursor, *TABLES)
        cursor.executemany(
            "INSERT INTO issues (title, status, assignee_id, assignee_name, assignee_email,"
            " idempotency_key, request_hash, created_at, updated_at)"
            " VALUES ('t', 'to-do', %s, 'Ada', 'ada@example.com', %s, '', NOW(6), NOW(6))",
            [(ADA.id, str(number)) for number in range(ISSUES)],
        )
        yield
        database().close()
        drop_tables(cursor, *TABLES)


def test_all_issues_are_deleted_where_there_is_time() -> None:
    assert accounts.delete_rows(ADA.id) == 0


def test_while_the_time_is_nearly_used_up_what_is_left_is_counted() -> None:
    with stopwatch.budget(NEARLY_USED_UP_MS):
        remaining = accounts.delete_rows(ADA.id)

    assert remaining == ISSUES - 1000


def test_a_deletion_that_is_sent_again_goes_on() -> None:
    with stopwatch.budget(NEARLY_USED_UP_MS):
        accounts.delete_rows(ADA.id)

    assert accounts.delete_rows(ADA.id) == 0


def test_a_deletion_that_is_not_finished_says_how_far_it_is() -> None:
    with stopwatch.budget(NEARLY_USED_UP_MS), pytest.raises(Unavailable) as failed:
        delete_account(ADA, None)

    told = failed.value
    assert (told.code, told.step, told.remaining) == ("deletion_unfinished", "rows", 1500)
