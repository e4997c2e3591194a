"""A page costs the same at every depth and with every filter: it reads `limit` + 1 rows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pymysql.cursors import DictCursor

from local.database import connect
from shared.auth.principal import Principal
from shared.database import accounts, issue_search, issues, users, visits
from shared.database.database import database
from shared.database.issues import IssueFilter
from shared.database.paging import PageRequest, SearchRequest
from shared.errors import AccountDeleted
from tests.support.configuration import Configure
from tests.support.configuration import configure as configure
from tests.support.database_under_test import not_through_vitess
from tests.support.tables import drop_tables, make_tables

counting = not_through_vitess("it shares the connections whose rows and statements are counted")

ROWS = 10_000
LIMIT = 50
TABLES = ("users", "issues", "deleted_accounts")
READER = Principal("stytch:user-test-1", "stytch", "ada@example.com", "Ada")
DEPTHS = [ROWS + 1, ROWS * 3 // 4, ROWS // 2, ROWS // 100]
FILTERS = [
    IssueFilter(),
    IssueFilter(status="done"),  # common: nine rows of ten
    IssueFilter(status="to-do"),  # rare: one row of a hundred
    IssueFilter(assignee_id="stytch:common"),
    IssueFilter(assignee_id="stytch:rare"),
    IssueFilter(status="done", assignee_id="stytch:common"),
    IssueFilter(status="to-do", assignee_id="stytch:common"),
    IssueFilter(status="to-do", assignee_id="stytch:rare"),
    IssueFilter(status="done", assignee_id="stytch:nobody"),
]

FILL = """
    INSERT INTO {table} ({columns})
    SELECT {values} FROM
      (SELECT a.n + 10 * b.n + 100 * c.n + 1000 * d.n + 1 AS n
         FROM {digits} a, {digits} b, {digits} c, {digits} d) numbers
"""
DIGITS = "(SELECT 0 AS n" + "".join(f" UNION ALL SELECT {digit}" for digit in range(1, 10)) + ")"


def fill(cursor: DictCursor, table: str, values: dict[str, str]) -> None:
    cursor.execute(
        FILL.format(
            table=table,
            columns=", ".join(values),
            values=", ".join(values.values()),
            digits=DIGITS,
        )
    )


@pytest.fixture(scope="module")
def filled(server_address: str) -> Iterator[None]:
    """The tables of the migrations with ten thousand rows in each."""
    connection = connect(server_address)
    with connection.cursor() as cursor:
        make_tables(cursor, *TABLES)
        fill(
            cursor,
            "issues",
            {
                "id": "n",
                "title": (
                    "IF(n % 100 = 0, CONCAT('Rare ', n), "
                    "IF(n % 3 = 0, 'Common', CONCAT('common ', n)))"
                ),
                "status": "IF(n % 100 = 0, 'to-do', IF(n % 10 = 1, 'in progress', 'done'))",
                "assignee_id": "IF(n % 50 = 0, 'stytch:rare', 'stytch:common')",
                "assignee_name": "'n'",
                "assignee_email": "'e'",
                "idempotency_key": "n",
                "request_hash": "n",
            },
        )
        fill(
            cursor,
            "users",
            {
                "id": "n",
                "email": "IF(n % 2 = 0, n, n - 1)",  # each address has a row of each provider
                "provider": "IF(n % 2 = 0, 'stytch', 'netlify')",
                "name": "n",
                "principal_id": "IF(n % 10 = 0, NULL, CONCAT('p:', n))",
                "creation_key": "IF(n % 10 = 0, NULL, n)",
            },
        )
        cursor.execute("ANALYZE TABLE issues")
        cursor.execute("ANALYZE TABLE users")
    yield
    with connection.cursor() as cursor:
        drop_tables(cursor, *TABLES)
    connection.close()


@pytest.fixture
def configured(filled: None, server_address: str, configure: Configure) -> Iterator[None]:
    configure(DATABASE_URL=server_address)
    counts = [name for name in handler_reads() if name.startswith("Handler_read_next")]
    if not counts:
        pytest.skip("this server (seekdb) does not count the rows that it reads")
    yield
    database().close()


def handler_reads() -> dict[str, int]:
    rows = database().read("SHOW SESSION STATUS LIKE 'Handler_read%%'", {})
    return {row["Variable_name"]: int(row["Value"]) for row in rows}


def rows_read_by(operation: object) -> int:
    operation()  # type: ignore[operator]  # MySQL reads its dictionary when it opens a table
    before = handler_reads()
    operation()  # type: ignore[operator]
    after = handler_reads()
    walked = ("Handler_read_next", "Handler_read_prev", "Handler_read_rnd_next")
    noise = handler_reads()  # what asking for the numbers reads itself
    return sum((after[name] - before[name]) - (noise[name] - after[name]) for name in walked)


@counting
@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize("before_id", DEPTHS)
@pytest.mark.parametrize("chosen", FILTERS, ids=str)
def test_a_page_of_issues_reads_no_more_than_it_shows(chosen: IssueFilter, before_id: int) -> None:
    page = PageRequest(LIMIT, before_id)

    assert rows_read_by(lambda: issues.find_page(page, chosen, READER)) <= LIMIT + 1


SEARCHES = [
    SearchRequest(LIMIT, "rare", "rare"),
    SearchRequest(LIMIT, "rare", "rare 5000", 5000),
    SearchRequest(LIMIT, "rare 9", "rare 9"),
    SearchRequest(LIMIT, "common", "common"),  # equal titles: every third row
    SearchRequest(LIMIT, "common", "common", ROWS // 2),
    SearchRequest(LIMIT, "common", "common", ROWS - 10),  # the end of the equal ones
    SearchRequest(LIMIT, "common", "common 5", 5),
    SearchRequest(LIMIT, "common", "common 9998", 9998),
    SearchRequest(LIMIT, "nothing", "nothing"),
    SearchRequest(LIMIT, "a", "a"),
    SearchRequest(LIMIT, "z", "z"),
]


@counting
@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize("page", SEARCHES, ids=str)
@pytest.mark.parametrize("chosen", FILTERS, ids=str)
def test_a_search_reads_no_more_than_it_shows(chosen: IssueFilter, page: SearchRequest) -> None:
    assert rows_read_by(lambda: issue_search.find_page(page, chosen, READER)) <= LIMIT + 1


@counting
@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize("before_id", DEPTHS)
def test_a_page_of_users_reads_no_more_than_it_shows(before_id: int) -> None:
    page = PageRequest(LIMIT, before_id)

    assert rows_read_by(lambda: users.find_page(page, READER)) <= LIMIT + 1


@pytest.mark.usefixtures("configured")
def test_the_mark_leaves_an_id_a_whole_number() -> None:
    newest = issues.find_page(PageRequest(), IssueFilter(), READER)[0]

    assert newest["id"] == ROWS
    assert type(newest["id"]) is int


@pytest.fixture
def marked(configured: None) -> Principal:
    """Somebody whose account has been deleted."""
    leaver = READER._replace(id="stytch:user-test-leaver")
    accounts.mark_deleted(leaver.id)
    return leaver


def test_a_deleted_account_finds_nobodys_identity(marked: Principal) -> None:
    with pytest.raises(AccountDeleted):
        users.find_identity(ROWS // 2, marked)


@pytest.mark.usefixtures("configured")
def test_an_admin_finds_the_identity_of_a_user() -> None:
    assert users.find_identity(ROWS // 2, READER)["id"] == ROWS // 2


@pytest.mark.parametrize("chosen", FILTERS, ids=str)
def test_a_deleted_account_reads_no_page_of_issues(chosen: IssueFilter, marked: Principal) -> None:
    with pytest.raises(AccountDeleted):
        issues.find_page(PageRequest(), chosen, marked)


@pytest.mark.parametrize("chosen", FILTERS, ids=str)
def test_a_deleted_account_searches_no_issues(chosen: IssueFilter, marked: Principal) -> None:
    with pytest.raises(AccountDeleted):
        issue_search.find_page(SEARCHES[0], chosen, marked)


@counting
@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize("chosen", FILTERS, ids=str)
def test_a_search_and_the_mark_are_one_statement(chosen: IssueFilter) -> None:
    before = statements_run()

    issue_search.find_page(SEARCHES[0], chosen, READER)

    assert statements_run() - before == 2  # the second one is the question


@counting
@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize("chosen", FILTERS, ids=str)
def test_a_page_and_the_mark_are_one_statement(chosen: IssueFilter) -> None:
    before = statements_run()

    issues.find_page(PageRequest(), chosen, READER)

    assert statements_run() - before == 2  # the second one is the question


def statements_run() -> int:
    [row] = database().read("SHOW SESSION STATUS LIKE 'Questions'", {})
    return int(row["Value"])


@counting
@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize("number", [101, 110, 20_001])
def test_who_is_here_is_noted_by_reading_a_row_or_two(number: int) -> None:
    """Somebody with a row of their own, with one to claim, and with none."""
    email = str(number // 2 * 2)
    person = Principal(f"p:{number}", "netlify" if number % 2 else "stytch", email, "N")

    assert rows_read_by(lambda: visits.see(person)) <= 2


@counting
@pytest.mark.usefixtures("configured")
def test_a_user_is_added_by_reading_a_row_or_two() -> None:
    admin = Principal("p:1", "netlify", "a", "A", ("admin",))

    assert rows_read_by(lambda: users.create("new", "N", "netlify", admin, "key")) <= 2


@counting
@pytest.mark.usefixtures("configured")
def test_a_batch_of_a_deletion_reads_the_issues_that_it_deletes() -> None:
    """Once for finding them and once for the table behind the index, and no others."""
    leaver = {"id": "stytch:common"}

    assert rows_read_by(lambda: database().write(accounts.DELETE_ROWS, leaver)) <= 2 * 1000 + 2
