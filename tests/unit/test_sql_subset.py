"""Every statement that we send keeps to the portable subset of SQL, and to a bounded reach."""

from __future__ import annotations

import pytest

from tests.unit.sql_lint import FORBIDDEN, complaints
from tests.witnesses.statements import statements_of_code, statements_of_migrations

CODE = list(statements_of_code())
PARTS = [(one.name, part) for one in CODE for part in one.text.split("UNION ALL (")]
SCHEMA = list(statements_of_migrations())

TABLE = """
    CREATE TABLE things (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
      owner_id VARCHAR(128) COLLATE utf8mb4_bin NOT NULL,
      amount DECIMAL(10, 2) NOT NULL,
      PRIMARY KEY (id),
      KEY things_owner (owner_id, id)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
"""


BAD = [
    ("RETURNING", "INSERT INTO t (a) VALUES (1) RETURNING id"),
    ("FOR SHARE", "SELECT a FROM t WHERE id = %(id)s FOR SHARE"),
    ("JSON arrow", "SELECT a->>'$.b' FROM t WHERE id = %(id)s"),
    (
        "alias in ON DUPLICATE KEY",
        "INSERT INTO t (a) VALUES (1) AS new ON DUPLICATE KEY UPDATE a = new.a",
    ),
    ("GET_LOCK", "SELECT GET_LOCK('a', 1)"),
    ("user variable", "SELECT @last"),
    ("view", "CREATE VIEW v AS SELECT 1"),
    ("trigger", "CREATE TRIGGER t BEFORE INSERT ON u FOR EACH ROW SET a = 1"),
    ("procedure", "CREATE PROCEDURE p() SELECT 1"),
    ("foreign key", "ALTER TABLE t ADD FOREIGN KEY t_u (u_id) REFERENCES u (id)"),
    ("JSON_TABLE", "SELECT a FROM JSON_TABLE('[]', '$[*]' COLUMNS (a INT)) t LIMIT 1"),
    ("LOAD DATA", "LOAD DATA INFILE 'x' INTO TABLE t"),
    ("RENAME", "ALTER TABLE t RENAME COLUMN a TO b"),
    ("OFFSET", "SELECT a FROM t ORDER BY id LIMIT 50 OFFSET 100"),
    ("OFFSET", "SELECT a FROM t ORDER BY id LIMIT 100, 50"),
    ("SELECT *", "SELECT * FROM t LIMIT 1"),
    ("expression default", "ALTER TABLE t ADD COLUMN a CHAR(36) DEFAULT (UUID())"),
    ("functional index", "ALTER TABLE t ADD KEY a ((LOWER(b)))"),
    ("CREATE DATABASE", "CREATE DATABASE d"),
    ("collation of one engine", "ALTER TABLE t ADD COLUMN a TEXT COLLATE utf8mb4_0900_ai_ci"),
    ("ISO time", "UPDATE t SET a = '2026-01-31T09:00:00Z' WHERE id = %(id)s"),
    ("unbounded", "SELECT id FROM users"),
    ("unbounded", "SELECT id FROM users WHERE name LIKE %(name)s"),
    ("unbounded", "DELETE FROM users WHERE principal_id <> %(id)s"),
    ("unbounded", "UPDATE users SET name = 'x'"),
    ("no primary key", TABLE.replace("PRIMARY KEY (id),", "")),
    ("primary key may be null", TABLE.replace("UNSIGNED NOT NULL", "UNSIGNED")),
    ("not InnoDB", TABLE.replace("InnoDB", "MyISAM")),
    ("not utf8mb4", TABLE.replace("utf8mb4\n", "latin1\n")),
    ("collation of the table", TABLE.replace("utf8mb4\n", "utf8mb4 COLLATE utf8mb4_bin\n")),
    ("not compared byte by byte", TABLE.replace(" COLLATE utf8mb4_bin", "")),
    ("key without a name", TABLE.replace("KEY things_owner", "KEY")),
    ("key without a name", "ALTER TABLE t ADD UNIQUE KEY (a)"),
    ("not compared byte by byte", "ALTER TABLE t ADD COLUMN a_id VARCHAR(9) NULL"),
    ("several kinds of change", "ALTER TABLE t ADD COLUMN a INT NULL, ADD KEY t_a (a)"),
    ("several kinds of change", "ALTER TABLE t ADD UNIQUE KEY t_a (a), DROP KEY t_b"),
]


@pytest.mark.parametrize("statement", SCHEMA, ids=lambda one: one.name)
def test_a_migration_keeps_to_the_subset(statement):
    assert complaints(statement.text) == []


@pytest.mark.parametrize(("name", "select"), PARTS)
def test_a_statement_of_the_code_keeps_to_the_subset(name, select):
    assert complaints(select) == []


def test_the_statements_of_all_modules_that_have_some_are_found():
    assert {statement.module for statement in CODE} >= {
        "shared/database/accounts",
        "shared/database/issues",
        "shared/database/throttle",
        "shared/database/users",
        "shared/database/visits",
        "migrations/backfill",
        "migrations/history",
    }


@pytest.mark.parametrize(
    "statement",
    [
        TABLE,
        "SELECT 1",
        "SELECT id FROM users WHERE id = %(id)s",
        "SELECT id FROM users WHERE id < %(id)s ORDER BY id DESC LIMIT %(rows)s",
        "INSERT INTO t (a) VALUES (1) ON DUPLICATE KEY UPDATE a = VALUES(a)",
        "DELETE FROM users WHERE email = %(email)s",
        "ALTER TABLE t ADD COLUMN a INT NULL",
        "ALTER TABLE t ADD KEY t_a (a), ADD UNIQUE KEY t_b (b, c)",
    ],
)
def test_the_lint_lets_good_statements_pass(statement):
    assert complaints(statement) == []


@pytest.mark.parametrize(("complaint", "statement"), BAD)
def test_the_lint_catches(complaint, statement):
    assert complaint in complaints(statement)


def test_every_forbidden_construct_is_seen_to_be_caught():
    assert set(FORBIDDEN) <= {complaint for complaint, _ in BAD}
