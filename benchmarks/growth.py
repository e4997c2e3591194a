"""What a page costs as the table grows: rows read and milliseconds, at 10³, 10⁵ and 10⁶ rows.

Ours are the statements of `issues`, half-way down the table; beside them `OFFSET` at the same
depth, and the whole table, as the tutorials read it. Rows are counted by the server
(`Handler_read_%`), so that a busy machine changes nothing.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pymysql.connections import Connection
from pymysql.cursors import Cursor

from benchmarks.chart import Line, chart
from benchmarks.contenders import Workshop
from benchmarks.limits import Limit
from benchmarks.server import Server
from benchmarks.table import table
from local.database.connection import connect
from shared.database import issues

SIZES = (1_000, 100_000, 1_000_000)
PAGE = 50
LONG_MS = 3_000  # what takes longer is read once
PICTURE = Path(__file__).resolve().parents[1] / "docs" / "images" / "growth.svg"
TABLES = ("issues", "deleted_accounts")
FILL = """
    INSERT INTO issues (id, title, status, assignee_id, assignee_name, assignee_email,
                        idempotency_key, request_hash)
    SELECT seq, 'Paint the fence', IF(seq %% 100 = 0, 'to-do', 'done'),
           IF(seq %% 50 = 0, 'stytch:rare', 'stytch:common'), 'Ada', 'ada@example.com', seq, seq
      FROM seq_{first}_to_{last}
"""
STATEMENTS = {
    "a page": issues.LIST,
    "a page of a common status": issues.LIST_OF_STATUS,
    "a page of a rare assignee": issues.LIST_OF_ASSIGNEE,
    "a page by OFFSET": "SELECT * FROM issues ORDER BY id DESC LIMIT %(rows)s OFFSET %(offset)s",
    "SELECT *, the whole table": "SELECT * FROM issues",
}
OURS = ("a page", "a page of a common status", "a page of a rare assignee")


class Reading(NamedTuple):
    rows: int
    milliseconds: float


def run(_workshop: Workshop, server: Server) -> list[Limit]:
    """Print the table, and draw it into docs/images; the limits."""
    found: dict[str, list[Reading]] = {name: [] for name in STATEMENTS}
    with connect(server.by_socket, read_seconds=600) as connection:
        _make_tables(connection)
        filled = 0
        for size in SIZES:
            _fill(connection, filled + 1, size)
            filled = size
            for name, statement in STATEMENTS.items():
                found[name].append(_read(connection, statement, size))
    print("\nGrowth: rows read, and milliseconds (the quickest of three)")
    print(table(["", *(f"{size:,}" for size in SIZES)], _rows(found)))
    lines = [
        Line(name, [max(1, reading.rows) for reading in readings], is_ours=name in OURS)
        for name, readings in found.items()
    ]
    PICTURE.write_text(chart("Rows read for one answer", SIZES, lines))
    return [
        Limit(f"{name}, rows read at {SIZES[-1]:,}", found[name][-1].rows, PAGE + 2)
        for name in OURS
    ]


def _make_tables(connection: Connection[Cursor]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE growth")
        cursor.execute("USE growth")
        for name in TABLES:
            cursor.execute(f"CREATE TABLE {name} LIKE latchkey.{name}")


def _fill(connection: Connection[Cursor], first: int, last: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(FILL.format(first=first, last=last).replace("%%", "%"))
        cursor.execute("ANALYZE TABLE issues")


def _read(connection: Connection[Cursor], statement: str, size: int) -> Reading:
    params = {
        "caller": "stytch:common",
        "owner": "stytch:rare",
        "status": "done",
        "before_id": size // 2,
        "offset": size // 2,
        "rows": PAGE + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute("FLUSH STATUS")
        times = [_time(cursor, statement, params)]
        cursor.execute("SHOW SESSION STATUS LIKE 'Handler_read%'")
        counts = {str(row[0]): int(row[1]) for row in cursor.fetchall()}
        if times[0] < LONG_MS:
            times += [_time(cursor, statement, params) for _ in range(2)]
    walked = ("Handler_read_next", "Handler_read_prev", "Handler_read_rnd_next")
    return Reading(sum(counts[name] for name in walked), min(times))


def _time(cursor: Cursor, statement: str, params: Mapping[str, Any]) -> float:
    begun = time.perf_counter()
    cursor.execute(statement, params if "%(" in statement else None)
    cursor.fetchall()
    return (time.perf_counter() - begun) * 1000


def _rows(found: dict[str, list[Reading]]) -> list[list[str]]:
    return [
        [name, *(f"{one.rows:,} rows {one.milliseconds:,.1f} ms" for one in readings)]
        for name, readings in found.items()
    ]
