"""`DATABASE_URL_READER`: what is only read is read by credentials that can do nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pymysql
import pytest
from pymysql.cursors import DictCursor

from shared import process
from shared.auth.principal import Principal
from shared.database import issues
from shared.database.database import database, reader
from shared.database.paging import PageRequest
from shared.settings.database_url import DatabaseUrl
from tests.support.database_under_test import not_through_vitess

READER = Principal("stytch:user-test-1", "stytch", "ada@example.com", "Ada")


pytestmark = not_through_vitess("its users are its operator's: it knows no CREATE USER")


@pytest.fixture
def url_as_reader(url: DatabaseUrl, root: pymysql.Connection[DictCursor]) -> Iterator[str]:
    """The address for a database user who may only read."""
    with root.cursor() as cursor:
        cursor.execute("CREATE USER 'only_reads'@'%' IDENTIFIED BY 'x'")
        cursor.execute("GRANT SELECT ON latchkey.* TO 'only_reads'@'%'")
    yield f"mysql://only_reads:x@localhost/latchkey?unix_socket={quote(url.unix_socket or '')}"
    with root.cursor() as cursor:
        cursor.execute("DROP USER 'only_reads'@'%'")


@pytest.fixture
def configured(
    url: DatabaseUrl, url_as_reader: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    owner = f"mysql://root@localhost/latchkey?unix_socket={quote(url.unix_socket or '')}"
    monkeypatch.setenv("BASE_URL", "https://latchkey.example")
    monkeypatch.setenv("STYTCH_PROJECT_ID", "project-test-1")
    monkeypatch.setenv("STYTCH_SECRET", "secret-test-1")
    monkeypatch.setenv("DATABASE_URL", owner)
    monkeypatch.setenv("DATABASE_URL_READER", url_as_reader)
    process.forget()
    yield
    for opened in (database(), reader()):
        opened.close()
    process.forget()


@pytest.fixture
def empty_issues(root: pymysql.Connection[DictCursor]) -> None:
    with root.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS issues, deleted_accounts")
        cursor.execute("CREATE TABLE deleted_accounts (principal_id VARCHAR(9) PRIMARY KEY)")
        cursor.execute(
            "CREATE TABLE issues (id BIGINT NOT NULL, title VARCHAR(9), status VARCHAR(9),"
            " assignee_id VARCHAR(9), assignee_name VARCHAR(9), assignee_email VARCHAR(9),"
            " created_at DATETIME(6), updated_at DATETIME(6), PRIMARY KEY (id))"
        )


@pytest.mark.usefixtures("configured", "empty_issues")
def test_lists_are_read_with_them() -> None:
    assert issues.find_page(PageRequest(), issues.IssueFilter(), READER) == []
    assert database()._connection is None


@pytest.mark.usefixtures("configured")
def test_they_cannot_write() -> None:
    with pytest.raises(pymysql.MySQLError, match="denied"):
        reader()._execute("DELETE FROM notes", {})


@pytest.mark.usefixtures("configured")
def test_without_them_the_owners_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL_READER")
    process.forget()

    assert reader() is database()
