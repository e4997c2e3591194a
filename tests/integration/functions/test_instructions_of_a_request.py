"""How many instructions a warm request takes: within 3 % of what was recorded on the same Python.

Callgrind counts the same on a busy machine as on a calm one. Another build of Python counts
otherwise, and so do other versions of the dependencies. After such a change, or one of the code
that is worth its price, the figure that the failure shows goes into `instructions.json`.
"""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import counting
from benchmarks.contenders import OURS
from benchmarks.scenarios import LIST_10, ME, calls_of
from benchmarks.site import identity_site
from local.database import connect
from tests.support.tables import drop_tables, make_tables

ROOT = Path(__file__).resolve().parents[3]
RECORDED = json.loads(Path(__file__).with_name("instructions.json").read_text())
BUILD = f"Python {platform.python_version()}, {platform.python_compiler()}, {platform.machine()}"
TOLERANCE = 0.03
TABLES = ("users", "issues", "deleted_accounts")
ROWS = 11

pytestmark = [
    pytest.mark.timeout(1200),  # Callgrind is fifty times slower than the processor
    pytest.mark.skipif(not counting.has_valgrind(), reason="valgrind is not installed"),
    pytest.mark.skipif(BUILD not in RECORDED, reason=f"nothing was recorded on {BUILD}"),
]


@pytest.fixture(scope="module")
def database_url(server_address: str) -> Iterator[str]:
    """A database with the issues of a page and one more."""
    connection = connect(server_address)
    with connection, connection.cursor() as cursor:
        make_tables(cursor, *TABLES)
        cursor.executemany(
            "INSERT INTO issues (title, status, assignee_id, assignee_name, assignee_email,"
            " idempotency_key, request_hash, created_at, updated_at)"
            " VALUES ('Paint the fence', 'done', 'a', 'Ada', 'ada@example.com', %s, '',"
            " NOW(6), NOW(6))",
            [(str(number),) for number in range(ROWS)],
        )
        yield server_address
        drop_tables(cursor, *TABLES)


@pytest.fixture(scope="module")
def counted(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    """Thousands of instructions of each scenario."""
    site = identity_site()
    environment = site.environment(f"{ROOT}:{':'.join(sys.path)}", database_url)
    listed = calls_of((LIST_10, ME), OURS, site.token)
    calls = counting.Calls(listed, environment, times=10, warm_up=10)
    costs = counting.count(Path(sys.executable), calls, tmp_path_factory.mktemp("counts"))
    assert all(cost.answer["statusCode"] == 200 for cost in costs)
    return {one.name: cost.amount for one, cost in zip((LIST_10, ME), costs, strict=True)}


@pytest.mark.parametrize("scenario", [LIST_10, ME], ids=lambda one: one.name)
def test_a_warm_request_takes_as_many_instructions_as_recorded(counted, scenario) -> None:
    recorded = RECORDED[BUILD][scenario.name]

    assert counted[scenario.name] == pytest.approx(recorded, rel=TOLERANCE)
