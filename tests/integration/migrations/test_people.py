"""0003_people in its steps: the code before it works until it is replaced, and no row is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pymysql
import pytest
from pymysql.cursors import DictCursor

from migrations import backfill
from migrations.apply import apply
from migrations.files import read_migrations
from shared.digest import sha256

ROOT = Path(__file__).parents[3]

Run = Callable[..., list[dict[str, Any]]]

# The statements of the release before, with `;` between those that travelled together.
OLD_CREATE = """
    INSERT INTO users (email, name, idempotency_key, created_at, updated_at)
    SELECT %(email)s, %(name)s, %(key)s, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)
      FROM DUAL
     WHERE NOT EXISTS (SELECT 1 FROM deleted_accounts WHERE principal_id = %(actor)s)
    ON DUPLICATE KEY UPDATE
      name = IF(users.stytch_user_id IS NULL AND users.idempotency_key = %(invitation)s,
                VALUES(name), users.name),
      idempotency_key = IF(users.stytch_user_id IS NULL
                             AND users.idempotency_key = %(invitation)s,
                           VALUES(idempotency_key), users.idempotency_key);
    SELECT id, idempotency_key FROM users WHERE email = %(email)s
"""
OLD_CLAIM = """
    DELETE FROM users WHERE email = %(email)s AND stytch_user_id <> %(stytch_user_id)s;
    DELETE FROM users WHERE stytch_user_id = %(stytch_user_id)s AND email <> %(email)s;
    INSERT INTO users (email, name, stytch_user_id, idempotency_key, created_at, updated_at)
    SELECT %(email)s, %(name)s, %(stytch_user_id)s, %(key)s, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)
      FROM DUAL
     WHERE NOT EXISTS (SELECT 1 FROM deleted_accounts WHERE principal_id = %(actor)s)
    ON DUPLICATE KEY UPDATE stytch_user_id = VALUES(stytch_user_id),
                            updated_at = VALUES(updated_at);
    SELECT id, idempotency_key FROM users WHERE email = %(email)s
"""
ROWS = "SELECT email, provider, principal_id, creation_key FROM users ORDER BY id LIMIT 100"


@pytest.fixture
def run(connection: pymysql.Connection[DictCursor]) -> Run:
    """Runs a batch, and answers the rows that its last statement reads."""

    def run_batch(sql: str, **params: object) -> list[dict[str, Any]]:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            rows = list(cursor.fetchall())
            while cursor.nextset():
                rows = list(cursor.fetchall())
            return rows

    return run_batch


@pytest.fixture
def old_create(run: Run) -> Run:
    def create(email: str, key: str) -> list[dict[str, Any]]:
        invitation = sha256(email)
        return run(
            OLD_CREATE, email=email, name="N", key=key, invitation=invitation, actor="stytch:a"
        )

    return create


@pytest.fixture
def old_claim(run: Run) -> Run:
    def claim(email: str, user_id: str) -> list[dict[str, Any]]:
        actor = f"stytch:{user_id}"
        key = sha256(actor)
        return run(OLD_CLAIM, email=email, name="N", stytch_user_id=user_id, actor=actor, key=key)

    return claim


def before(connection: pymysql.Connection[DictCursor]) -> None:
    apply(connection, read_migrations()[:2], lambda _line: None)


def expand(connection: pymysql.Connection[DictCursor]) -> None:
    apply(connection, read_migrations()[:3], lambda _line: None)


def contract(connection: pymysql.Connection[DictCursor]) -> None:
    apply(connection, read_migrations()[:4], lambda _line: None)


def test_rows_that_are_there_become_stytchs(connection, run, old_create):
    before(connection)
    old_create("ada@example.com", "k")

    expand(connection)

    [row] = run(ROWS)
    assert (row["email"], row["provider"]) == ("ada@example.com", "stytch")


def test_the_code_before_goes_on_after_the_migration(connection, old_create, old_claim):
    expand(connection)

    [added] = old_create("ada@example.com", "k")
    [again] = old_create("ada@example.com", "k")
    [claimed] = old_claim("ada@example.com", "user-1")

    assert (again, claimed["id"]) == (added, added["id"])


def test_an_address_still_has_one_row_for_the_code_before(connection, run, old_claim):
    expand(connection)

    old_claim("ada@example.com", "user-1")
    old_claim("ada@example.com", "user-2")

    assert len(run(ROWS)) == 1


def test_the_backfill_says_who_has_claimed_a_row(connection, run, old_create, old_claim):
    before(connection)
    old_create("ada@example.com", "k")
    old_claim("ada@example.com", "user-1")
    expand(connection)

    backfill.fill(connection)

    assert [row["principal_id"] for row in run(ROWS)] == ["stytch:user-1"]


def test_the_backfill_tells_what_an_admin_added_from_an_invitation(connection, run, old_create):
    before(connection)
    old_create("added@example.com", sha256("a key"))
    old_create("invited@example.com", sha256("invited@example.com"))
    expand(connection)

    backfill.fill(connection)

    assert [row["creation_key"] for row in run(ROWS)] == [sha256("a key"), None]


def test_the_backfill_takes_several_batches_and_may_be_repeated(
    connection, run, old_claim, monkeypatch
):
    before(connection)
    for number in range(5):
        old_claim(f"{number}@example.com", f"user-{number}")
    expand(connection)
    monkeypatch.setattr(backfill, "BATCH", 2)

    filled = [backfill.fill(connection), backfill.fill(connection)]

    assert filled == [5, 0]
    assert {row["principal_id"] for row in run(ROWS)} == {f"stytch:user-{n}" for n in range(5)}


def test_who_has_signed_in_since_under_another_address_keeps_that_row(connection, run, old_claim):
    expand(connection)
    old_claim("old@example.com", "user-1")
    run(
        "INSERT INTO users (email, name, principal_id) "
        "VALUES ('new@example.com', 'N', 'stytch:user-1')"
    )

    backfill.fill(connection)

    assert [row["principal_id"] for row in run(ROWS)] == [None, "stytch:user-1"]


def test_nothing_is_left_to_fill_once_the_old_columns_are_gone(connection):
    contract(connection)

    assert backfill.fill(connection) == 0


def test_make_migrate_fills_before_it_drops(connection, run, old_claim, url_text):
    before(connection)
    old_claim("ada@example.com", "user-1")

    subprocess.run(
        [sys.executable, "-m", "migrations"],
        env={"PATH": os.environ["PATH"], "DATABASE_URL": url_text},
        cwd=ROOT,
        check=True,
    )

    assert [row["principal_id"] for row in run(ROWS)] == ["stytch:user-1"]
