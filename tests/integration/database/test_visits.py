"""shared/database/visits.py and users.py: whose a row is, in a real database."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pymysql
import pytest
from pymysql.cursors import DictCursor

from shared import signup
from shared.auth.principal import Principal
from shared.database import accounts, issues, users, visits
from shared.database.actor import parameters_of
from shared.database.database import Database, database
from shared.errors import AccountDeleted, Conflict
from shared.settings.database_url import DatabaseUrl
from tests.support.configuration import Configure
from tests.support.configuration import configure as configure
from tests.support.tables import drop_tables, make_tables

TABLES = ("users", "issues", "deleted_accounts")
ADMIN = Principal("netlify:admin", "netlify", "admin@example.com", "Admin", ("admin",))
ADA = Principal("netlify:ada", "netlify", "ada@example.com", "Ada")

pytestmark = pytest.mark.usefixtures("tables")


@pytest.fixture
def settings(server_address: str) -> dict[str, str]:
    return {"DATABASE_URL": server_address}


@pytest.fixture
def tables(
    root: pymysql.Connection[DictCursor], configure: Configure, settings: dict[str, str]
) -> Iterator[None]:
    configure(**settings)
    with root.cursor() as cursor:
        make_tables(cursor, *TABLES)
        yield
        database().close()
        drop_tables(cursor, *TABLES)


def rows() -> list[dict[str, Any]]:
    return database().read("SELECT * FROM users ORDER BY id", {})


def owners() -> list[tuple[str, str | None]]:
    return [(row["email"], row["principal_id"]) for row in rows()]


def execute(statement: str) -> None:
    database().write(statement, {})


def moved_to(email: str) -> Principal:
    return ADA._replace(email=email)


def test_somebody_who_is_seen_gets_a_row() -> None:
    visits.see(ADA)

    [row] = rows()
    assert (row["provider"], row["email"], row["name"]) == ("netlify", "ada@example.com", "Ada")
    assert (row["principal_id"], row["last_seen_at"] is None) == ("netlify:ada", False)


def test_an_issue_shows_that_its_owner_was_here() -> None:
    issues.create("title", "to-do", ADA, "key")

    assert owners() == [("ada@example.com", "netlify:ada")]


def test_who_is_seen_claims_the_row_of_their_invitation() -> None:
    users.invite("ada@example.com", "Countess", "netlify", ADMIN)

    visits.see(ADA)

    [row] = rows()
    assert (row["principal_id"], row["name"]) == ("netlify:ada", "Countess")


def test_an_invitation_by_the_other_provider_is_not_theirs() -> None:
    users.invite("ada@example.com", "Countess", "stytch", ADMIN)

    visits.see(ADA)

    assert owners() == [("ada@example.com", None), ("ada@example.com", "netlify:ada")]


def test_within_an_hour_nothing_is_written() -> None:
    visits.see(ADA)
    execute("UPDATE users SET last_seen_at = UTC_TIMESTAMP(6) - INTERVAL 50 MINUTE")
    before = rows()

    visits.see(ADA)

    assert rows() == before


def test_after_an_hour_the_row_is_dated() -> None:
    visits.see(ADA)
    execute("UPDATE users SET last_seen_at = UTC_TIMESTAMP(6) - INTERVAL 61 MINUTE")
    [before] = rows()

    visits.see(ADA)

    [after] = rows()
    assert after["last_seen_at"] > before["last_seen_at"]


def test_visits_use_up_no_ids() -> None:
    visits.see(ADA)
    visits.see(ADA)
    visits.see(ADA)

    visits.see(Principal("stytch:next", "stytch", "next@example.com", "Next"))

    first, second = (row["id"] for row in rows())
    assert second == first + 1


def test_an_older_token_moves_no_row() -> None:
    visits.see(moved_to("new@example.com"))

    visits.see(ADA)

    assert owners() == [("new@example.com", "netlify:ada")]


def test_an_older_token_claims_no_second_row() -> None:
    visits.see(moved_to("new@example.com"))
    users.invite("ada@example.com", "Another", "netlify", ADMIN)

    visits.see(ADA)

    assert owners() == [("new@example.com", "netlify:ada"), ("ada@example.com", None)]


def test_nobody_takes_a_row_by_being_seen() -> None:
    visits.see(ADA)

    visits.see(ADA._replace(id="netlify:other"))

    assert owners() == [("ada@example.com", "netlify:ada")]


def test_who_proves_to_own_an_address_takes_its_row() -> None:
    users.claim(ADA)

    users.claim(ADA._replace(id="netlify:other"))

    assert owners() == [("ada@example.com", "netlify:other")]


def test_a_row_moves_with_its_owner() -> None:
    users.claim(ADA)

    users.claim(moved_to("new@example.com"))

    assert owners() == [("new@example.com", "netlify:ada")]


def test_a_deleted_account_is_refused_and_gets_no_row() -> None:
    accounts.mark_deleted(ADA.id)

    with pytest.raises(AccountDeleted):
        visits.see(ADA)

    assert rows() == []


def test_a_deleted_account_claims_no_invitation() -> None:
    users.invite("ada@example.com", "Ada", "netlify", ADMIN)
    accounts.mark_deleted(ADA.id)

    with pytest.raises(AccountDeleted):
        visits.see(ADA)

    assert owners() == [("ada@example.com", None)]


def test_the_rows_of_a_deleted_account_are_gone() -> None:
    visits.see(ADA)
    visits.see(ADA._replace(id="stytch:ada", provider="stytch"))

    accounts.delete_rows(ADA.id)

    assert owners() == [("ada@example.com", "stytch:ada")]


def test_the_same_person_many_times_at_once_gets_one_row(url: DatabaseUrl) -> None:
    def see(_number: int) -> None:
        own = Database(lambda: url)
        own.write_idempotent(visits.SEE, parameters_of(ADA))
        own.close()

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(see, range(100)))

    assert owners() == [("ada@example.com", "netlify:ada")]


def test_a_key_that_came_with_another_address_makes_no_second_row() -> None:
    users.create("ada@example.com", "Ada", "stytch", ADMIN, "key")

    with pytest.raises(Conflict) as refused:
        users.create("other@example.com", "Ada", "stytch", ADMIN, "key")

    assert (refused.value.code, len(rows())) == ("idempotency_key_reused", 1)


def test_no_request_can_name_the_key_of_a_row_that_no_request_made() -> None:
    users.invite("ada@example.com", "Ada", "netlify", ADMIN)
    users.claim(ADA._replace(email="b@example.com", id="netlify:b"))

    assert [row["creation_key"] for row in rows()] == [None, None]


@pytest.mark.parametrize("mode", ["open", "invite"])
def test_who_was_invited_is_welcome(
    configure: Configure, settings: dict[str, str], mode: str
) -> None:
    configure(**settings, SIGNUP=mode)
    users.invite("ada@example.com", "Ada", "netlify", ADMIN)

    assert signup.is_welcome("netlify", "Ada@Example.com")


def test_who_was_not_invited_is_welcome_where_sign_up_is_open() -> None:
    assert signup.is_welcome("netlify", "ada@example.com")


@pytest.mark.parametrize("provider", ["stytch", "netlify"])
def test_by_invitation_only_the_invited_address_and_provider_are_welcome(
    configure: Configure, settings: dict[str, str], provider: Any
) -> None:
    configure(**settings, SIGNUP="invite")
    other = {"stytch": "netlify", "netlify": "stytch"}[provider]
    users.invite("ada@example.com", "Ada", other, ADMIN)

    assert not signup.is_welcome(provider, "ada@example.com")
    assert not signup.is_welcome(provider, "stranger@example.com")
