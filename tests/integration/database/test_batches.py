"""Our batches as Vitess v25 divides and answers them; Vitess pull request 20988."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pymysql
import pytest
from pymysql.cursors import DictCursor

from migrations.apply import apply
from migrations.files import read_migrations
from shared.database.connection import connect
from shared.database.database import Database
from shared.settings.database_url import DatabaseUrl
from tests.integration.database.vitess_batches import VitessBatches, divided, is_comment
from tests.support.tables import tables_of_migrations
from tests.witnesses.samples import with_sample_values
from tests.witnesses.statements import Statement, batches_of_code

BATCHES = [batch for batch in batches_of_code() if ";" in batch.text]
INSERT = "INSERT INTO notes (id, text) VALUES (%(id)s, 'one')"
FIND = "SELECT text FROM notes WHERE id = 1"


@pytest.fixture
def vitess(url: DatabaseUrl, root: pymysql.Connection[DictCursor]) -> Iterator[Database]:
    """The database, through Vitess's way with batches."""
    assert url.unix_socket
    between = VitessBatches(url.unix_socket)
    there = url._replace(host="127.0.0.1", port=between.port, unix_socket=None)
    opened = Database(lambda: there)
    yield opened
    opened.close()
    between.close()


@pytest.fixture
def forget(url: DatabaseUrl) -> Iterator[Callable[[], None]]:
    """Deletes all rows of our tables."""
    connection = connect(url, 8)
    apply(connection, read_migrations(), lambda _: None)

    def delete() -> None:
        with connection.cursor() as cursor:
            for table in tables_of_migrations():
                cursor.execute(f"DELETE FROM {table}")

    delete()
    yield delete
    delete()
    connection.close()


def test_there_are_batches() -> None:
    assert {batch.name for batch in BATCHES} >= {"issues.CREATE", "users.CLAIM"}


@pytest.mark.parametrize("batch", BATCHES, ids=lambda batch: batch.name)
def test_no_statement_of_a_batch_is_empty_or_ends_as_a_comment(batch: Statement) -> None:
    statements = divided(batch.text.encode())

    assert [one for one in statements if not one or is_comment(one) or b"--" in one] == []
    assert len(statements) == batch.text.count(";") + 1


@pytest.mark.parametrize("batch", BATCHES, ids=lambda batch: batch.name)
def test_a_batch_has_the_same_answer_through_vitess(
    database: Database, vitess: Database, forget: Callable[[], None], batch: Statement
) -> None:
    sql = with_sample_values(batch.text)
    directly = [database.write(sql, {}), database.write(sql, {})]
    forget()

    through_vitess = [vitess.write(sql, {}), vitess.write(sql, {})]

    assert _comparable(through_vitess) == _comparable(directly)


def _comparable(written: list) -> list:
    """Without ids and times, which no two runs share."""
    hidden = {"id", "created_at", "updated_at"}
    return [
        (one.rows_changed, [{key: row[key] for key in row.keys() - hidden} for row in one.rows])
        for one in written
    ]


@pytest.mark.parametrize("server", ["database", "vitess"])
def test_the_first_error_ends_the_batch(
    server: str, request: pytest.FixtureRequest, root: pymysql.Connection[DictCursor]
) -> None:
    asked: Database = request.getfixturevalue(server)
    asked.write(INSERT, {"id": 1})

    with pytest.raises(pymysql.IntegrityError):
        asked.write(f"{INSERT}; UPDATE notes SET text = 'two' WHERE id = %(id)s", {"id": 1})

    assert asked.read(FIND, {}) == [{"text": "one"}]


@pytest.mark.parametrize("server", ["database", "vitess"])
def test_an_error_after_a_write_is_raised_and_the_write_stays(
    server: str, request: pytest.FixtureRequest, root: pymysql.Connection[DictCursor]
) -> None:
    asked: Database = request.getfixturevalue(server)

    with pytest.raises(pymysql.IntegrityError):
        asked.write(f"{INSERT}; {INSERT}", {"id": 1})

    assert asked.read(FIND, {}) == [{"text": "one"}]


def test_an_empty_statement_is_an_error_at_vitess(vitess: Database) -> None:
    with pytest.raises(pymysql.ProgrammingError, match="1064"):
        vitess.write(f"{INSERT};; {FIND}", {"id": 1})

    assert vitess.read(FIND, {}) == [{"text": "one"}]


def test_a_comment_at_the_end_hides_what_was_read_from_us_at_vitess(vitess: Database) -> None:
    assert vitess.read("SELECT 1 AS one;", {}) == [{"one": 1}]
    assert vitess.read("SELECT 1 AS one; -- the end", {}) == []


@pytest.mark.parametrize(
    ("batch", "statements"),
    [
        (b"SELECT 1", [b"SELECT 1"]),
        (b" SELECT 1;\n SELECT 2 ;; ", [b"SELECT 1", b"SELECT 2"]),
        (b"SELECT ';', \"a;b\", `c;d`, 'it''s;', 'a\\';b'", None),
        (b"SELECT 1;; SELECT 2", [b"SELECT 1", b"", b"SELECT 2"]),
        (b"SELECT 1; -- a; b", [b"SELECT 1", b"-- a; b"]),
        (b"SELECT /* a; b */ 1", None),
    ],
)
def test_a_batch_is_divided_at_semicolons_outside_of_texts_and_comments(
    batch: bytes, statements: list[bytes] | None
) -> None:
    assert divided(batch) == (statements or [batch])
