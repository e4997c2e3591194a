"""How many of our modules somebody enters who follows one request through the code."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import FrameType

import pytest

from local.database import connect
from tests.support.configuration import Configure
from tests.support.configuration import configure as configure
from tests.support.events import LambdaContext, netlify
from tests.support.tables import drop_tables, make_tables
from tests.support.world import world_with_its_store_at

MOST_MODULES = 17
TABLES = ("issues", "deleted_accounts")


@pytest.fixture
def list_issues(
    server_address: str, configure: Configure, tmp_path: Path
) -> Iterator[Callable[[], int]]:
    """`GET /issues?limit=1` with the cookie of a Stytch session; there is a next page."""
    connection = connect(server_address)
    with (
        connection.cursor() as cursor,
        world_with_its_store_at(tmp_path / "stytch.sqlite") as world,
    ):
        make_tables(cursor, *TABLES)
        for title in ("Paint the fence", "Mow the lawn"):
            cursor.execute(
                "INSERT INTO issues (title, status, assignee_id, assignee_name, assignee_email,"
                " idempotency_key, request_hash, created_at, updated_at)"
                " VALUES (%s, 'to-do', 'a', 'Ada', 'ada@example.com', %s, '', NOW(6), NOW(6))",
                (title, title),
            )
        configure(
            DATABASE_URL=server_address,
            STYTCH_BASE_URL=world.stytch.url,
            STYTCH_JWKS=world.stytch_keys,
        )
        handler = import_module("functions.get").handler
        cookie = {"cookie": f"stytch_session_jwt={world.stytch_jwt}"}
        event = netlify("GET", "/.netlify/functions/get", "limit=1", headers=cookie)
        yield lambda: handler(event, LambdaContext())
        drop_tables(cursor, *TABLES)
    connection.close()


def modules_entered(run: Callable[[], object]) -> set[str]:
    """Our modules of which `run` calls a function."""
    entered: set[str] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            entered.add(frame.f_globals.get("__name__", ""))

    sys.setprofile(note)
    try:
        run()
    finally:
        sys.setprofile(None)
    return {name for name in entered if name.startswith(("shared.", "functions."))}


def test_a_list_of_issues_enters_no_more_modules_than_a_reader_can_follow(list_issues) -> None:
    assert list_issues()["headers"]["link"]

    assert len(modules_entered(list_issues)) <= MOST_MODULES
