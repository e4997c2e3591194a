"""Deleting an account with a million issues, request after request, while others use the board.

`benchmarks.deleting` does it in a process of its own, with the budget of Lambda's invocations. This
one meanwhile reads a page and adds an issue in turns, as somebody else.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from pymysql.connections import Connection
from pymysql.cursors import Cursor

from benchmarks.contenders import Workshop
from benchmarks.limits import Limit
from benchmarks.server import Server
from benchmarks.site import identity_site
from benchmarks.table import table
from local.database.connection import connect
from shared.database import issues

ROOT = Path(__file__).resolve().parents[1]
ISSUES = 1_000_000
LEAVER, OTHER = "netlify:leaver", "netlify:other"
TABLES = ("users", "issues", "deleted_accounts")
PAUSE_SECONDS = 0.01  # between two requests of somebody else
FILL = f"""
    INSERT INTO issues (title, status, assignee_id, assignee_name, assignee_email,
                        idempotency_key, request_hash)
    SELECT 'Paint the fence', 'done', IF(seq % 100 = 0, '{OTHER}', '{LEAVER}'), 'Ada',
           'ada@example.com', seq, seq
      FROM seq_1_to_{ISSUES * 100 // 99}
"""
ADD = """
    INSERT INTO issues (title, status, assignee_id, assignee_name, assignee_email,
                        idempotency_key, request_hash)
    VALUES ('Paint the fence', 'to-do', %s, 'Grace', 'grace@example.com', %s, '')
"""


class Invocation(NamedTuple):
    """One request's seconds, and how many issues it left, up to 100,000."""

    seconds: float
    remaining: int


def run(_workshop: Workshop, server: Server) -> list[Limit]:
    """Print the table; the limits."""
    with connect(server.by_socket, read_seconds=600) as connection:
        _make_tables(connection)
        invocations, waits = _measure(connection, server)
        left = _issues_of_leaver(connection)
    slowest = max(one.seconds for one in invocations)
    p99 = sorted(waits)[len(waits) * 99 // 100]
    print(f"\nDeleting an account with {ISSUES:,} issues")
    rows = [
        [str(number), f"{one.seconds:.1f} s", _told(one.remaining)]
        for number, one in enumerate(invocations, 1)
    ]
    print(table(["request", "time", "issues left, as it says"], rows))
    print(f"{len(waits)} requests of others meanwhile: p99 {p99:.1f} ms, {max(waits):.1f} at most")
    return [
        Limit("issues left of a deleted account", left, 0),
        Limit("the longest request of a deletion, in seconds", slowest, 14),
        Limit("p99 of others' requests meanwhile, in ms", p99, 50),
    ]


def _make_tables(connection: Connection[Cursor]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE deletion")
        cursor.execute("USE deletion")
        for name in TABLES:
            cursor.execute(f"CREATE TABLE {name} LIKE latchkey.{name}")
        cursor.execute(FILL)
        cursor.execute("ANALYZE TABLE issues")


def _measure(
    connection: Connection[Cursor], server: Server
) -> tuple[list[Invocation], list[float]]:
    url = urlsplit(server.by_socket)._replace(path="/deletion").geturl()
    environment = identity_site().environment(str(ROOT), url, PATH=os.environ["PATH"])
    command = [sys.executable, "-m", "benchmarks.deleting", LEAVER]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as deleting:
        waits = list(_others(connection, deleting))
        output = deleting.stdout.read() if deleting.stdout else ""
    if deleting.returncode != 0:
        raise RuntimeError("the deletion failed")
    return [Invocation(*json.loads(line)) for line in output.splitlines()], waits


def _others(connection: Connection[Cursor], deleting: subprocess.Popen[str]) -> Iterator[float]:
    """The milliseconds that each request of somebody else's waits for the database."""
    number = 0
    with connection.cursor() as cursor:
        while deleting.poll() is None:
            number += 1
            begun = time.perf_counter()
            _use_board(cursor, number)
            yield (time.perf_counter() - begun) * 1000
            time.sleep(PAUSE_SECONDS)


def _use_board(cursor: Cursor, number: int) -> None:
    """Read the newest page, or add an issue."""
    if number % 2:
        params = {"caller": OTHER, "before_id": 2**64 - 1, "rows": 51}
        cursor.execute(issues.LIST, params)
        cursor.fetchall()
    else:
        cursor.execute(ADD, (OTHER, f"new {number}"))


def _issues_of_leaver(connection: Connection[Cursor]) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM issues WHERE assignee_id = %s", (LEAVER,))
        [count] = cursor.fetchall()
    return int(count[0])


def _told(remaining: int) -> str:
    return f"{remaining:,} or more" if remaining == 100_000 else f"{remaining:,}"
