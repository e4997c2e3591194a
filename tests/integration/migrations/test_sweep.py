"""`python -m migrations.sweep` on a real database: old rows go in batches, all others stay."""

from __future__ import annotations

import time

import pytest

from migrations import sweep as sweep_module
from migrations.apply import apply
from migrations.files import read_migrations
from migrations.sweep import BATCH, DELETE_THROTTLES, sweep

DAY = 24 * 3600


@pytest.fixture
def swept(connection):
    """A database with our tables."""
    apply(connection, read_migrations(), lambda _line: None)
    return connection


def add_throttles(connection, count, seconds_ago):
    window_start = int(time.time()) - seconds_ago
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO throttles (subject, window_start, hits) VALUES (%s, %s, 1)",
            [(f"{window_start}-{number}", window_start) for number in range(count)],
        )


def add_deleted_account(connection, principal_id, days_ago):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO deleted_accounts (principal_id, deleted_at)"
            " VALUES (%s, UTC_TIMESTAMP(6) - INTERVAL %s DAY)",
            (principal_id, days_ago),
        )


def count(connection, table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) AS rows_left FROM {table}")
        return cursor.fetchone()["rows_left"]


def test_throttles_older_than_a_day_go_and_younger_ones_stay(swept):
    add_throttles(swept, 3, DAY + 60)
    add_throttles(swept, 2, DAY - 60)

    sweep(swept)

    assert count(swept, "throttles") == 2


def test_the_mark_of_an_account_stays_for_as_long_as_a_token_of_it_may_live(swept):
    add_deleted_account(swept, "stytch:long-gone", 401)
    add_deleted_account(swept, "stytch:longest-session", 366)

    sweep(swept)

    with swept.cursor() as cursor:
        cursor.execute("SELECT principal_id FROM deleted_accounts LIMIT 3")
        assert cursor.fetchall() == [{"principal_id": "stytch:longest-session"}]


def test_more_than_one_batch_is_swept(swept):
    add_throttles(swept, 2 * BATCH + 1, 2 * DAY)

    sweep(swept)

    assert count(swept, "throttles") == 0


def test_no_statement_deletes_more_than_a_batch(swept, monkeypatch):
    monkeypatch.setattr(sweep_module, "BATCH", 2)
    add_throttles(swept, 5, 2 * DAY)
    rows = []
    query = swept.query
    monkeypatch.setattr(swept, "query", lambda sql: rows.append(query(sql)))

    sweep(swept)

    throttles, marks = [(2, 2), (2, 2), (1, 1), (0,)], [(0,)]
    assert rows == [count for found_and_deleted in throttles + marks for count in found_and_deleted]


def test_a_throttle_that_is_counted_again_after_it_was_found_stays(swept):
    add_throttles(swept, 1, 0)
    with swept.cursor() as cursor:
        cursor.execute("SELECT subject FROM throttles")
        found = [row["subject"] for row in cursor.fetchall()]

        cursor.execute(DELETE_THROTTLES, {"found": found, "before": int(time.time()) - DAY})

    assert count(swept, "throttles") == 1


def test_what_was_deleted_is_said(swept, capsys):
    add_throttles(swept, 3, 2 * DAY)
    add_deleted_account(swept, "netlify:gone", 500)

    sweep(swept)

    assert capsys.readouterr().out == "3 throttles and 1 marks of deleted accounts deleted\n"


def test_a_second_sweep_has_nothing_to_do(swept, capsys):
    add_throttles(swept, 3, 2 * DAY)
    sweep(swept)
    capsys.readouterr()

    sweep(swept)

    assert capsys.readouterr().out == "0 throttles and 0 marks of deleted accounts deleted\n"
