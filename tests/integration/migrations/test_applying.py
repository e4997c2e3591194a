"""migrations/apply.py on a real database: forward only, repeatable, safe to run twice at once."""

from __future__ import annotations

import threading

import pytest

from migrations import apply as apply_module
from migrations.apply import MigrationError, apply
from migrations.files import Migration, read_migrations
from migrations.history import History

A = Migration("0001_a", "CREATE TABLE a (id INT NOT NULL, PRIMARY KEY (id));")
B = Migration("0002_b", "CREATE TABLE b (id INT NOT NULL, PRIMARY KEY (id));")
TWO_TABLES = Migration("0001_two", f"{A.text}\n{B.text}")
BROKEN = Migration("0001_two", f"{A.text}\nCREATE TABLE b (id NONSENSE);")
SLOW = Migration("0001_slow", f"{A.text}\nSELECT SLEEP(0.5);\n{B.text}")


def silent(_line):
    pass


def tables(connection):
    """The tables of the database without the history of the migrations."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW TABLES")
        return sorted({name for row in cursor for name in row.values()} - {"schema_migrations"})


def execute(connection, statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_our_migrations_make_the_schema(connection):
    apply(connection, read_migrations(), silent)

    assert tables(connection) == ["deleted_accounts", "issues", "throttles", "users"]


def test_a_second_run_has_nothing_to_do(connection):
    first = apply(connection, read_migrations(), silent)

    assert (first, apply(connection, read_migrations(), silent)) == (len(read_migrations()), 0)


def test_what_was_applied_is_printed_in_order(connection):
    said = []

    apply(connection, [A, B], said.append)

    assert said == ["applied 0001_a", "applied 0002_b"]


def test_a_run_applies_only_what_is_new(connection):
    apply(connection, [A], silent)

    assert (apply(connection, [A, B], silent), tables(connection)) == (1, ["a", "b"])


def test_a_migration_that_was_edited_after_it_was_applied_is_refused(connection):
    apply(connection, [A], silent)

    with pytest.raises(MigrationError, match=r"0001_a\.sql was edited"):
        apply(connection, [Migration(A.name, A.text + "\n-- better"), B], silent)

    assert tables(connection) == ["a"]


def test_a_migration_that_fails_names_itself_and_keeps_what_came_before(connection):
    with pytest.raises(MigrationError, match=r"0001_two\.sql stopped at statement 2"):
        apply(connection, [BROKEN], silent)

    assert tables(connection) == ["a"]


def test_after_a_failure_no_later_migration_is_applied(connection):
    with pytest.raises(MigrationError):
        apply(connection, [BROKEN, Migration("0003_c", "CREATE TABLE c (id INT);")], silent)

    assert tables(connection) == ["a"]


def test_a_migration_that_failed_can_be_fixed_and_continues_where_it_stopped(connection):
    with pytest.raises(MigrationError):
        apply(connection, [BROKEN], silent)
    execute(connection, "INSERT INTO a VALUES (7)")

    applied = apply(connection, [TWO_TABLES], silent)

    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM a LIMIT 2")
        kept = cursor.fetchall()
    assert (applied, tables(connection), kept) == (1, ["a", "b"], [{"id": 7}])


def test_the_next_run_continues_after_one_that_died_between_a_statement_and_its_record(connection):
    history = History(connection)
    history.claim(TWO_TABLES)
    execute(connection, TWO_TABLES.statements[0])
    history.release(TWO_TABLES)  # as the end of its lease would

    assert apply(connection, [TWO_TABLES], silent) == 1
    assert tables(connection) == ["a", "b"]


def test_the_next_run_continues_after_one_that_died_before_the_migration_was_complete(connection):
    history = History(connection)
    history.claim(A)
    execute(connection, A.text)
    history.advance(A, 1)
    history.release(A)

    assert apply(connection, [A], silent) == 1
    assert history.records()["0001_a"].is_complete


def test_two_runs_at_once_apply_everything_once(open_connection):
    counts = []
    connections = [open_connection(), open_connection()]

    runs = [
        threading.Thread(target=lambda c=c: counts.append(apply(c, [SLOW], silent)))
        for c in connections
    ]
    for run in runs:
        run.start()
    for run in runs:
        run.join()

    assert sorted(counts) == [0, 1]
    assert tables(connections[0]) == ["a", "b"]


def test_another_run_that_does_not_end_is_reported(connection, monkeypatch):
    History(connection).claim(A)
    monkeypatch.setattr(apply_module, "LEASE_SECONDS", -2)

    with pytest.raises(MigrationError, match="being applied by another run"):
        apply(connection, [A], silent)


def test_a_percent_sign_in_a_migration_is_a_percent_sign(connection):
    text = f"{A.text}\nALTER TABLE a ADD COLUMN note CHAR(9) NOT NULL DEFAULT '100%';"

    assert apply(connection, [Migration("0001_a", text)], silent) == 1


def test_columns_and_keys_that_exist_already_are_no_failure(connection):
    text = f"{A.text}\nALTER TABLE a ADD COLUMN b INT NULL;\nALTER TABLE a ADD KEY a_b (b);"
    apply(connection, [Migration("0001_a", text)], silent)

    assert apply(connection, [Migration("0002_again", text)], silent) == 1
