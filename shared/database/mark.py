"""The mark of a deleted account, at which reads stop: a token may live longer than its account.

A read asks for the mark in its own statement: `with_mark` adds a row without an id where there is
one. So nobody else's answer has a row more, and the database is asked once.
"""

from __future__ import annotations

from shared.database.actor import Actor
from shared.database.database import Params, Row, reader
from shared.errors import AccountDeleted

FIND = "SELECT principal_id FROM deleted_accounts WHERE principal_id = %(caller)s"


def with_mark(columns: str, select: str) -> str:
    """A SELECT of these columns, `id` the first, with a first row of NULLs for a deleted caller.

    Its rows go through `unmarked`, or it is read with `read`. The cast keeps ids whole numbers:
    MariaDB makes DECIMAL of BIGINT UNSIGNED and a bare NULL.
    """
    nulls = columns.replace("id", "CAST(NULL AS UNSIGNED) AS id", 1).replace(", ", ", NULL AS ")
    mark = f"SELECT {nulls} FROM deleted_accounts WHERE principal_id = %(caller)s"
    return f"{mark} UNION ALL ({select})"


def unmarked(rows: list[Row]) -> list[Row]:
    """The rows of a statement made by `with_mark`; raises AccountDeleted."""
    if any(row["id"] is None for row in rows):
        raise AccountDeleted
    return rows


def read(statement: str, caller: Actor, params: Params) -> list[Row]:
    """The rows that a statement made by `with_mark` finds; raises AccountDeleted."""
    return unmarked(reader().read(statement, {**params, "caller": caller.id}))


def read_page(statement: str, caller: Actor, params: Params) -> list[Row]:
    """Like `read`, the newest first: a UNION promises no order."""
    return sorted(read(statement, caller, params), key=_id_of, reverse=True)


def refuse_deleted(caller: Actor) -> None:
    """Raise AccountDeleted where the account is marked; for answers that read no rows."""
    if reader().read(FIND, {"caller": caller.id}):
        raise AccountDeleted


def _id_of(row: Row) -> int:
    return int(row["id"])
