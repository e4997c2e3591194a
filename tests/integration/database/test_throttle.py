"""shared/database/throttle.py: who is stopped, and when, counted in a real database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pymysql
import pytest
from pymysql.cursors import DictCursor

from shared.database import throttle
from shared.database.database import Database
from shared.errors import Throttled
from shared.settings.database_url import DatabaseUrl
from tests.support.tables import drop_tables, make_tables

OWNER, STRANGER = "198.51.100.7", "203.0.113.9"
ADDRESS = "ada@example.com"


@pytest.fixture(autouse=True)
def throttles(root: pymysql.Connection[DictCursor]) -> Iterator[None]:
    """The table of the migrations, empty."""
    with root.cursor() as cursor:
        make_tables(cursor, "throttles")
        yield
        drop_tables(cursor, "throttles")


@pytest.fixture(autouse=True)
def one_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands still, so that no window ends during a test."""
    monkeypatch.setattr("time.time", lambda: 1_790_000_000)


@pytest.fixture
def let_through(
    url: DatabaseUrl, monkeypatch: pytest.MonkeyPatch
) -> Callable[[list[tuple[str, str]]], int]:
    """Logs in from these networks, for these addresses, at the same time; how many may."""

    def attempt(login: tuple[str, str]) -> bool:
        try:
            throttle.hit_login(*login)
        except Throttled:
            return False
        return True

    def count(logins: list[tuple[str, str]]) -> int:
        connections = [Database(lambda: url) for _ in range(8)]
        free = list(connections)

        class Pool:
            def write_idempotent(self, *arguments: object) -> object:
                connection = free.pop()
                try:
                    return connection.write_idempotent(*arguments)  # type: ignore[arg-type]
                finally:
                    free.append(connection)

        monkeypatch.setattr(throttle, "database", Pool)
        with ThreadPoolExecutor(len(connections)) as threads:
            allowed = sum(threads.map(attempt, logins))
        for connection in connections:
            connection.close()
        return allowed

    return count


def test_of_fifty_at_once_from_one_network_ten_may(
    let_through: Callable[[list[tuple[str, str]]], int],
) -> None:
    assert let_through([(STRANGER, ADDRESS)] * 50) == 10


def test_a_stranger_does_not_use_up_the_links_of_the_owner(
    let_through: Callable[[list[tuple[str, str]]], int],
) -> None:
    let_through([(STRANGER, ADDRESS)] * 50)

    assert let_through([(OWNER, ADDRESS)] * 10) == 10


def test_a_flood_from_many_networks_stops_at_a_hundred(
    let_through: Callable[[list[tuple[str, str]]], int],
) -> None:
    networks = [f"203.0.113.{number}" for number in range(150)]

    assert let_through([(network, ADDRESS) for network in networks]) == 100


def test_a_network_may_ask_for_a_hundred_addresses(
    let_through: Callable[[list[tuple[str, str]]], int],
) -> None:
    logins = [(STRANGER, f"{number}@example.com") for number in range(150)]

    assert let_through(logins) == 100
