"""The rows of `seed`: people, and issues that are theirs."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pymysql.connections import Connection
from pymysql.cursors import Cursor

from local.kit.store import Store

INVENTED_PEOPLE = 100
STATUSES = ("to-do", "in progress", "done")
VERBS = ("Fix", "Write", "Measure", "Review", "Ship", "Explain", "Rename", "Test")
THINGS = ("the login page", "the index", "the invoice", "the cache", "the release", "the report")

INSERT_USER = """
    INSERT INTO users (email, name, principal_id, provider) VALUES (%s, %s, %s, 'netlify')
    ON DUPLICATE KEY UPDATE email = users.email
"""
INSERT_ISSUE = """
    INSERT INTO issues (title, status, assignee_id, assignee_name, assignee_email,
                        idempotency_key, request_hash)
    VALUES (%s, %s, %s, %s, %s, %s, %s)
"""


@dataclass(frozen=True)
class Person:
    """Describes somebody who could sign in; `id` is the one that the functions give them."""

    id: str
    name: str
    email: str


def demo_people(state_dir: Path) -> list[Person]:
    """Return the users of the local Netlify Identity, and others who are always the same."""
    return [*_identity_users(state_dir / "store.sqlite3"), *map(_invented, range(INVENTED_PEOPLE))]


def insert_users(connection: Connection[Cursor], people: Sequence[Person]) -> None:
    """Add the people who are not there yet."""
    rows = [(person.email, person.name, person.id) for person in people]
    with connection.cursor() as cursor:
        cursor.executemany(INSERT_USER, rows)


def insert_issues(
    connection: Connection[Cursor], people: Sequence[Person], first: int, count: int
) -> None:
    """Add `count` issues, numbered from `first`; the people take turns."""
    rows = [
        (_title(n), STATUSES[n % 3], owner.id, owner.name, owner.email, *_hashes())
        for n in range(first, first + count)
        for owner in [people[n % len(people)]]
    ]
    with connection.cursor() as cursor:
        cursor.executemany(INSERT_ISSUE, rows)


def _identity_users(store_file: Path) -> list[Person]:
    if not store_file.exists():
        return []
    store = Store(store_file)
    try:
        documents = list(store.collection("identity_users").find())
    finally:
        store.close()
    return [
        Person(
            id=f"netlify:{document['id']}",
            name=document["user_metadata"].get("full_name") or document["email"],
            email=document["email"].lower(),
        )
        for document in documents
    ]


def _invented(number: int) -> Person:
    user_id = uuid.uuid5(uuid.NAMESPACE_URL, f"https://example.com/people/{number}")
    return Person(f"netlify:{user_id}", f"Person {number}", f"person-{number}@example.com")


def _title(number: int) -> str:
    verb = VERBS[number % len(VERBS)]
    return f"{verb} {THINGS[number % len(THINGS)]} (number {number + 1:,})"


def _hashes() -> tuple[str, str]:
    """Return idempotency key and request hash of a request that is never repeated."""
    return _random_hash(), _random_hash()


def _random_hash() -> str:
    return secrets.token_hex(32)
