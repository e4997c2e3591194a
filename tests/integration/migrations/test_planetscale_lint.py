"""Our schema on a real database has nothing that PlanetScale refuses; each test has a code's name.

The codes are those of PlanetScale's documentation, "Schema lint errors". `pscale branch lint` and a
deploy request answer them.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from contextlib import closing

import pytest

from migrations.apply import apply
from migrations.files import FOLDER, read_migrations
from shared.database.connection import connect
from shared.settings.database_url import DatabaseUrl
from tests.planetscale import schema_lint

KEYSPACES = json.loads((FOLDER / "vschema.json").read_text())["keyspaces"]
WITHOUT_COUNTERS = [
    f"ALTER TABLE {table} MODIFY id BIGINT UNSIGNED NOT NULL" for table in ("issues", "users")
]  # as docs/scaling.md asks for before there are shards

_A = "CREATE TABLE a (id INT NOT NULL, b_id INT NULL, PRIMARY KEY (id), KEY a_b (b_id))"
_B = _A.replace("TABLE a", "TABLE b")
_A_TO_B = "ALTER TABLE a ADD CONSTRAINT a_b FOREIGN KEY (b_id) REFERENCES b (id)"
_B_TO_A = "ALTER TABLE b ADD CONSTRAINT b_a FOREIGN KEY (b_id) REFERENCES a (id)"
_UNCHECKED = "SET foreign_key_checks = 0"

# What seekdb has no place for: another charset than utf8mb4, another engine, a key of a part of a
# column, a view in the place of a table that is missing.
NOT_IN_SEEKDB = {
    "INVALID_CHARSET",
    "UNSUPPORTED_FEATURE",
    "BLOB_IN_UNIQUE_KEY",
    "PARTIAL_KEY_IN_UNIQUE_KEY",
    "FOREIGN_KEYS_REFERENCED_VIEW",
}

# Statements that make what each code is about.
PLANTED = {
    "NO_UNIQUE_KEY": ["CREATE TABLE a (text VARCHAR(9) NULL, UNIQUE KEY a_text (text))"],
    "FOREIGN_KEYS_DISALLOWED": [_A, _B, _A_TO_B],
    "INVALID_CHARSET": [
        "CREATE TABLE a (id INT NOT NULL, text VARCHAR(9) CHARACTER SET utf16, PRIMARY KEY (id))"
    ],
    "UNSUPPORTED_FEATURE": [f"{_A} ENGINE=MyISAM"],
    "DUPLICATE_ENUM_VALUE": [
        "SET sql_mode = ''",
        "CREATE TABLE a (id INT NOT NULL, size ENUM('s', 'm', 'm'), PRIMARY KEY (id))",
    ],
    "UNSUPPORTED_PARTITIONING_FEATURE": [
        "CREATE TABLE a (id INT NOT NULL, PRIMARY KEY (id))"
        " PARTITION BY LIST (id) (PARTITION p VALUES IN (1, 2))"
    ],
    "INVALID_TABLE_REFERENCED_IN_VIEW": [
        _A,
        "CREATE VIEW v AS SELECT id FROM a",
        "DROP TABLE a",
    ],
    "INVALID_COLUMN_REFERENCED_IN_VIEW": [
        _A,
        "CREATE VIEW v AS SELECT b_id FROM a",
        "ALTER TABLE a DROP COLUMN b_id",
    ],
    "BLOB_IN_UNIQUE_KEY": ["CREATE TABLE a (text TEXT NOT NULL, PRIMARY KEY (text(9)))"],
    "PARTIAL_KEY_IN_UNIQUE_KEY": [
        "CREATE TABLE a (email VARCHAR(99) NOT NULL, PRIMARY KEY (email(9)))"
    ],
    "FOREIGN_KEYS_CIRCULAR_DEPENDENCY": [_A, _B, _A_TO_B, _B_TO_A],
    "FOREIGN_KEYS_NONEXISTENT_TABLE": [_UNCHECKED, _A, _A_TO_B],
    "FOREIGN_KEYS_REFERENCED_VIEW": [_UNCHECKED, _A, _A_TO_B, "CREATE VIEW b AS SELECT 1 AS id"],
    "FOREIGN_KEYS_UNRESOLVED": [
        _UNCHECKED,
        _A,
        _B,
        _A_TO_B,
        "ALTER TABLE b ADD CONSTRAINT b_c FOREIGN KEY (b_id) REFERENCES c (id)",
    ],
}


@pytest.fixture(scope="module")
def ours(server_url: DatabaseUrl) -> Iterator[DatabaseUrl]:
    """A database with our schema."""
    url = server_url._replace(database="planetscale_lint")
    run(server_url, [f"CREATE DATABASE {url.database}"])
    with closing(connect(url, 60)) as connection:
        apply(connection, read_migrations(), lambda _line: None)
    yield url
    run(server_url, [f"DROP DATABASE {url.database}"])


@pytest.fixture(scope="module")
def is_seekdb(server_url: DatabaseUrl) -> bool:
    with closing(connect(server_url, 60)) as connection:
        cursor = connection.cursor()
        cursor.execute("SELECT VERSION() AS version")
        return "seekdb" in cursor.fetchall()[0]["version"]


def run(url: DatabaseUrl, statements: list[str]) -> None:
    with closing(connect(url, 60)) as connection:
        for statement in statements:
            connection.query(statement)


def codes(errors: list[schema_lint.LintError]) -> set[str]:
    return {error.lint_error for error in errors}


def test_every_documented_code_is_tested_or_not_ours():
    documented = """
        UNSPECIFIED NO_UNIQUE_KEY FOREIGN_KEYS_DISALLOWED INVALID_CHARSET UNSUPPORTED_FEATURE
        UNSUPPORTED_SHARDED_FEATURE INVALID_VSCHEMA DUPLICATE_ENUM_VALUE
        UNSUPPORTED_PARTITIONING_FEATURE INVALID_TABLE_REFERENCED_IN_VIEW
        INVALID_COLUMN_REFERENCED_IN_VIEW BLOB_IN_UNIQUE_KEY PARTIAL_KEY_IN_UNIQUE_KEY
        FOREIGN_KEYS_CIRCULAR_DEPENDENCY FOREIGN_KEYS_NONEXISTENT_TABLE
        FOREIGN_KEYS_REFERENCED_VIEW FOREIGN_KEYS_UNRESOLVED INVALID_ROUTING_RULES
    """

    known = [*schema_lint.CHECKS, *schema_lint.KEYSPACE_CHECKS, *schema_lint.NOT_OURS]
    assert sorted(known) == sorted(documented.split())


@pytest.mark.parametrize("code", schema_lint.CHECKS)
def test_our_schema_is_free_of(code, ours):
    assert code not in codes(schema_lint.lint(ours))


@pytest.mark.parametrize("code", schema_lint.CHECKS)
def test_a_schema_that_has_it_is_seen_to_have(code, database_url, is_seekdb):
    if is_seekdb and code in NOT_IN_SEEKDB:
        pytest.skip("seekdb cannot hold what this code is about")
    run(database_url, PLANTED[code])

    assert code in codes(schema_lint.lint(database_url))


@pytest.mark.parametrize("code", schema_lint.KEYSPACE_CHECKS)
def test_our_schema_with_shards_is_free_of(code, database_url):
    with closing(connect(database_url, 60)) as connection:
        apply(connection, read_migrations(), lambda _line: None)
    run(database_url, WITHOUT_COUNTERS)

    assert code not in codes(schema_lint.lint_keyspaces(database_url, KEYSPACES))


def test_a_counter_in_a_keyspace_with_shards_is_seen(ours):
    errors = schema_lint.lint_keyspaces(ours, KEYSPACES)

    assert {(error.lint_error, error.table_name) for error in errors} == {
        ("UNSUPPORTED_SHARDED_FEATURE", "issues"),
        ("UNSUPPORTED_SHARDED_FEATURE", "users"),
    }


@pytest.mark.parametrize(
    ("said", "path", "value"),
    [
        ("there is no vindex sha1", ("tables", "issues", "column_vindexes", 0, "name"), "sha1"),
        (
            "issues has no column owner",
            ("tables", "issues", "column_vindexes", 0, "column"),
            "owner",
        ),
        ("there is no table notes", ("tables", "notes"), {}),
        (
            "latchkey.throttles is not marked as a sequence",
            ("tables", "users", "auto_increment", "sequence"),
            "latchkey.throttles",
        ),
        (
            "the vindex users_id has no table latchkey.lost",
            ("vindexes", "users_id", "params", "table"),
            "latchkey.lost",
        ),
    ],
)
def test_a_vschema_that_does_not_fit_the_schema_is_seen(said, path, value, ours):
    keyspaces = copy.deepcopy(KEYSPACES)
    *way, last = path
    at = keyspaces["latchkey_sharded"]
    for step in way:
        at = at[step]
    at[last] = value

    errors = schema_lint.lint_keyspaces(ours, keyspaces)

    found = [one.error_description for one in errors if one.lint_error == "INVALID_VSCHEMA"]
    assert said in found
