"""`python -m migrations.backfill`: fill the columns of 0003_people from those that it replaces.

Rows that the code before 0003 wrote say in `stytch_user_id` who has claimed them, and in
`idempotency_key` whether an invitation made them. It runs after 0003, and once more before
0004_people_contract drops the two; it may be repeated, and stopped at any point. Each statement
changes one batch and stands alone (PlanetScale documentation, "System limits").
"""

from __future__ import annotations

import sys

from migrations.command import Connection, run

BATCH = 1000  # rows

HAS_OLD_COLUMNS = "SHOW COLUMNS FROM users LIKE 'stytch_user_id'"

# IGNORE: a person who has signed in since, under another address, keeps that row alone.
NEXT_BATCH = """
    SELECT id FROM users
     WHERE id > %(after)s AND principal_id IS NULL AND creation_key IS NULL
     ORDER BY id LIMIT %(batch)s
"""
FILL_PRINCIPALS = """
    UPDATE IGNORE users SET principal_id = CONCAT('stytch:', stytch_user_id)
     WHERE id IN %(ids)s AND stytch_user_id IS NOT NULL AND principal_id IS NULL
"""
FILL_CREATION_KEYS = """
    UPDATE IGNORE users SET creation_key = idempotency_key
     WHERE id IN %(ids)s AND principal_id IS NULL AND creation_key IS NULL
       AND idempotency_key <> '' AND idempotency_key <> SHA2(email, 256)
"""

_STATEMENT_SECONDS = 30


def main() -> int:
    """Fill all rows; answers the exit code: 0, or 1 after printing what is wrong."""

    def fill_and_say(connection: Connection) -> None:
        print(f"{fill(connection)} users filled")

    return run(fill_and_say, _STATEMENT_SECONDS)


def fill(connection: Connection) -> int:
    """How many rows now say who has claimed them, or that an admin added them, and did not before.

    None where the old columns are gone.
    """
    filled, ids = 0, [0]
    with connection.cursor() as cursor:
        if not cursor.execute(HAS_OLD_COLUMNS):
            return 0
        while ids:
            cursor.execute(NEXT_BATCH, {"after": ids[-1], "batch": BATCH})
            ids = [row["id"] for row in cursor.fetchall()]
            for statement in (FILL_PRINCIPALS, FILL_CREATION_KEYS) if ids else ():
                filled += cursor.execute(statement, {"ids": ids})
    return filled


if __name__ == "__main__":
    sys.exit(main())
