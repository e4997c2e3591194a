"""The connection to the database: kept, replaced when it is dead, and never used twice for harm."""

from __future__ import annotations

import io
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing

import pymysql
import pytest
from pymysql.cursors import DictCursor

from shared import stopwatch
from shared.database import database as module
from shared.database.connection import connect
from shared.database.database import Database
from shared.errors import DatabaseUnavailable, SchemaBehind, Unavailable, WriteInDoubt
from shared.settings.database_url import DatabaseUrl
from tests.support.database_under_test import not_through_vitess

INSERT = "INSERT INTO notes (id, text) VALUES (%(id)s, %(text)s)"
UPSERT = (
    f"{INSERT} ON DUPLICATE KEY UPDATE text = notes.text; SELECT text FROM notes WHERE id = %(id)s"
)
ANYTHING = "SELECT 1 AS one"


def connection_of(database: Database) -> int:
    """What the server that answers calls the connection; CONNECTION_ID() is one behind Vitess."""
    database.read(ANYTHING, {})
    assert database._connection is not None
    return database._connection.thread_id()


def notes(root: pymysql.Connection[DictCursor]) -> int:
    with root.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) AS rows_found FROM notes")
        return cursor.fetchall()[0]["rows_found"]


def test_a_connection_is_kept(database: Database) -> None:
    assert connection_of(database) == connection_of(database)


def test_nothing_is_opened_before_it_is_needed() -> None:
    Database(lambda: pytest.fail("asked for its address"))


def test_a_write_and_the_read_of_its_result_are_one_batch(database: Database) -> None:
    first = database.write_idempotent(UPSERT, {"id": 1, "text": "one"})
    second = database.write_idempotent(UPSERT, {"id": 1, "text": "two"})

    assert (first.rows_changed, first.rows) == (1, [{"text": "one"}])
    assert (second.rows_changed, second.rows) == (0, [{"text": "one"}])


def test_what_another_writes_is_seen(
    database: Database, root: pymysql.Connection[DictCursor]
) -> None:
    database.read("SELECT text FROM notes", {})
    with root.cursor() as cursor:
        cursor.execute(INSERT, {"id": 1, "text": "theirs"})

    assert database.read("SELECT text FROM notes", {}) == [{"text": "theirs"}]


@not_through_vitess("it may close a killed connection only when the next statement comes")
@pytest.mark.parametrize("call", ["read", "write", "write_idempotent"])
def test_a_connection_that_the_server_has_closed_is_replaced(
    database: Database, kill: Callable[[], None], call: str
) -> None:
    kill()

    getattr(database, call)("SELECT text FROM notes", {})


def test_a_connection_that_was_idle_for_long_is_replaced(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = connection_of(database)
    monkeypatch.setattr(module, "IDLE_SECONDS", 0.0)

    assert connection_of(database) != before


@pytest.fixture
def cut(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection's next answer is lost after the server has done the work."""
    database.read(ANYTHING, {})
    connection = database._connection
    assert connection is not None
    read = connection._read_query_result

    def lose(*arguments: object, **options: object) -> None:
        read(*arguments, **options)
        raise pymysql.OperationalError(2013, "Lost connection")

    monkeypatch.setattr(connection, "_read_query_result", lose)


@pytest.mark.usefixtures("cut")
def test_a_read_whose_answer_is_lost_is_read_again(database: Database) -> None:
    assert database.read("SELECT text FROM notes", {}) == []


@pytest.mark.usefixtures("cut")
def test_a_repeatable_write_whose_answer_is_lost_makes_one_row(
    database: Database, root: pymysql.Connection[DictCursor]
) -> None:
    written = database.write_idempotent(UPSERT, {"id": 1, "text": "once"})

    assert written.rows == [{"text": "once"}]
    assert notes(root) == 1


@pytest.mark.usefixtures("cut")
def test_any_other_write_whose_answer_is_lost_is_not_sent_again(
    database: Database, root: pymysql.Connection[DictCursor]
) -> None:
    with pytest.raises(Unavailable):
        database.write(INSERT, {"id": 1, "text": "once"})

    assert notes(root) == 1


def test_a_server_that_stalls_is_not_asked_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "STATEMENT_SECONDS", 1)
    calls = []
    execute = database._execute
    monkeypatch.setattr(database, "_execute", lambda *a: calls.append(a) or execute(*a))

    with pytest.raises(Unavailable):
        database.read("SELECT SLEEP(2)", {})

    assert len(calls) == 1


def test_a_batch_that_fails_leaves_nothing_behind_for_the_next(database: Database) -> None:
    with pytest.raises(pymysql.IntegrityError):
        database.write(f"{INSERT}; {INSERT}; SELECT 7", {"id": 1, "text": "x"})

    assert database.read("SELECT 8 AS eight", {}) == [{"eight": 8}]


@not_through_vitess("a syntax error has the number 1105, as outages have")
def test_a_mistake_in_a_statement_is_no_outage(database: Database) -> None:
    with pytest.raises(pymysql.ProgrammingError):
        database.read("SELEC 1", {})


@pytest.fixture
def nowhere() -> DatabaseUrl:
    """An address at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as reserved:
        port = reserved.getsockname()[1]
    return DatabaseUrl(host="127.0.0.1", port=port, user="root", database="latchkey")


def test_a_server_that_cannot_be_reached_is_an_outage(nowhere: DatabaseUrl) -> None:
    with pytest.raises(Unavailable) as caught:
        Database(lambda: nowhere).read("SELECT 1", {})

    assert caught.value.code == "database_unavailable"


def test_after_an_outage_the_next_call_connects_anew(
    url: DatabaseUrl, nowhere: DatabaseUrl
) -> None:
    addresses = iter([nowhere, url])
    database = Database(lambda: next(addresses))
    with pytest.raises(Unavailable):
        database.read("SELECT 1", {})

    assert database.read("SELECT 1 AS one", {}) == [{"one": 1}]
    database.close()


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT id FROM nowhere",
        "SELECT nothing FROM notes",
        "INSERT INTO notes (id, text, more) VALUES (1, 'a', 'b')",
    ],
)
def test_a_table_or_column_that_is_missing_is_a_schema_behind(
    database: Database, statement: str
) -> None:
    with pytest.raises(SchemaBehind):
        database.read(statement, {})


@pytest.mark.parametrize(
    "garbage", [b"\x05\x00\x00\x01\xff", b"\x01\x00\x00\x01\xfc", b"\x03\x00\x00\x01\xff\x01\x02"]
)
def test_an_answer_that_nobody_can_read_is_an_outage(
    database: Database, monkeypatch: pytest.MonkeyPatch, garbage: bytes
) -> None:
    database.read(ANYTHING, {})
    monkeypatch.setattr(database._connection, "_rfile", io.BytesIO(garbage))

    with pytest.raises(Unavailable):
        database.write(ANYTHING, {})


def within(remaining_ms: int, operation: Callable[[], object]) -> None:
    """Run the operation in an invocation that Lambda ends in so many milliseconds."""

    with stopwatch.budget(remaining_ms):
        operation()


def test_a_statement_that_takes_longer_than_is_left_is_an_outage(database: Database) -> None:
    with pytest.raises(Unavailable):
        within(1200, lambda: database.read("SELECT SLEEP(0.5)", {}))


def test_a_statement_that_fits_is_answered(database: Database) -> None:
    within(9000, lambda: database.read("SELECT SLEEP(0.1)", {}))


def test_when_nothing_is_left_no_statement_is_sent(
    database: Database, root: pymysql.Connection[DictCursor]
) -> None:
    database.read(ANYTHING, {})

    with pytest.raises(Unavailable):
        within(900, lambda: database.write(INSERT, {"id": 1, "text": "late"}))

    assert notes(root) == 0


def test_after_a_statement_that_took_too_long_the_next_is_answered(database: Database) -> None:
    with pytest.raises(Unavailable):
        within(1200, lambda: database.read("SELECT SLEEP(0.5)", {}))

    assert database.read("SELECT 1 AS one", {}) == [{"one": 1}]


def test_a_greeting_that_does_not_come_within_what_is_left_is_an_outage() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        url = DatabaseUrl(host="127.0.0.1", port=port, user="root", database="latchkey")

        with pytest.raises(Unavailable):
            within(1200, lambda: Database(lambda: url).read(ANYTHING, {}))


@pytest.fixture
def full() -> Iterator[DatabaseUrl]:
    """A server that has no room for one more connection: it leaves whoever connects without answer.

    The system tries to connect for two minutes then.
    """
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener, ExitStack() as queue:
        address = listener.getsockname()
        for _ in range(3):
            waiting = queue.enter_context(closing(socket.socket()))
            waiting.setblocking(False)
            waiting.connect_ex(address)
        yield DatabaseUrl(host="127.0.0.1", port=address[1], user="root", database="latchkey")


def test_connecting_takes_no_more_than_is_left(full: DatabaseUrl) -> None:
    deadline = time.monotonic() + 1.2

    with pytest.raises(Unavailable):
        within(1200, lambda: Database(lambda: full).read(ANYTHING, {}))

    assert time.monotonic() < deadline


UPDATE = "UPDATE notes SET text = %(text)s WHERE id = %(id)s; SELECT text FROM notes"


@pytest.fixture
def held(url: DatabaseUrl, root: pymysql.Connection[DictCursor]) -> Iterator[Callable[[], None]]:
    """Somebody's lock on note 1; the call lets it go, and waits for those behind it."""
    with root.cursor() as cursor:
        cursor.execute(INSERT, {"id": 1, "text": "kept"})
    with closing(connect(url, 8)) as holder, closing(connect(url, 8)) as next_in_line:
        holder.begin()
        holder.query("SELECT text FROM notes WHERE id = 1 FOR UPDATE")

        def let_go() -> None:
            holder.rollback()
            next_in_line.begin()
            next_in_line.query("SELECT text FROM notes WHERE id = 1 FOR UPDATE")
            next_in_line.rollback()

        yield let_go


def text_of_note(root: pymysql.Connection[DictCursor]) -> str:
    with root.cursor() as cursor:
        cursor.execute("SELECT text FROM notes WHERE id = 1")
        return cursor.fetchall()[0]["text"]


@pytest.mark.parametrize("write", ["write", "write_idempotent"])
@pytest.mark.parametrize("remaining_ms", [1200, 2500])
def test_a_write_that_was_answered_as_an_outage_is_not_applied_later(
    database: Database,
    root: pymysql.Connection[DictCursor],
    held: Callable[[], None],
    write: str,
    remaining_ms: int,
) -> None:
    with pytest.raises(Unavailable) as caught:
        within(remaining_ms, lambda: getattr(database, write)(UPDATE, {"id": 1, "text": "late"}))
    held()

    assert type(caught.value) is DatabaseUnavailable
    assert text_of_note(root) == "kept"


def wait_until_busy(root: pymysql.Connection[DictCursor]) -> None:
    """Until the server works on a statement that locks, however Vitess writes it."""
    busy = "SELECT 1 FROM information_schema.processlist WHERE info REGEXP 'notes.* FOR UPDATE$'"
    with root.cursor() as cursor:
        while not cursor.execute(busy):
            continue


def test_a_read_that_somebody_else_interrupts_is_read_again(
    database: Database, root: pymysql.Connection[DictCursor], held: Callable[[], None]
) -> None:
    connection_id = connection_of(database)
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(database.read, "SELECT text FROM notes FOR UPDATE", {})
        wait_until_busy(root)
        root.query(f"KILL QUERY {connection_id}")
        held()

    assert reading.result() == [{"text": "kept"}]


def test_a_write_that_cannot_be_ended_is_said_to_be_in_doubt(
    database: Database, held: Callable[[], None], nowhere: DatabaseUrl
) -> None:
    database.read(ANYTHING, {})
    database._url = lambda: nowhere

    with pytest.raises(WriteInDoubt, match="may be made"):
        within(1200, lambda: database.write(UPDATE, {"id": 1, "text": "late"}))


def test_a_read_is_never_in_doubt(database: Database, nowhere: DatabaseUrl) -> None:
    database.read(ANYTHING, {})
    database._url = lambda: nowhere

    with pytest.raises(DatabaseUnavailable) as caught:
        within(1200, lambda: database.read("SELECT SLEEP(0.5)", {}))

    assert type(caught.value) is DatabaseUnavailable


@pytest.mark.usefixtures("cut")
def test_a_write_whose_answer_is_lost_is_in_doubt(database: Database) -> None:
    with pytest.raises(WriteInDoubt):
        database.write(INSERT, {"id": 1, "text": "once"})


@pytest.mark.usefixtures("cut")
def test_a_write_that_was_lost_and_cannot_be_sent_again_is_in_doubt(
    database: Database, nowhere: DatabaseUrl
) -> None:
    database._url = lambda: nowhere

    with pytest.raises(WriteInDoubt):
        database.write_idempotent(UPSERT, {"id": 1, "text": "once"})


def test_a_write_that_never_reached_the_server_is_not_in_doubt(nowhere: DatabaseUrl) -> None:
    with pytest.raises(DatabaseUnavailable) as caught:
        Database(lambda: nowhere).write(INSERT, {"id": 1, "text": "once"})

    assert type(caught.value) is DatabaseUnavailable
