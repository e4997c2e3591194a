"""The users: whom an admin has added or invited, and who has signed in with Stytch."""

from __future__ import annotations

from shared.auth.principal import Principal
from shared.database.accounts import account_deleted
from shared.database.database import Row, database, reader
from shared.database.paging import Page, PageRequest, page_of
from shared.digest import sha256
from shared.errors import Conflict, NotFound
from shared.timestamps import rfc3339

_COLUMNS = "id, name, email, created_at"

CREATE = """
    INSERT INTO users (email, name, idempotency_key, created_at, updated_at)
    SELECT %(email)s, %(name)s, %(key)s, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)
      FROM DUAL
     WHERE NOT EXISTS (SELECT 1 FROM deleted_accounts WHERE principal_id = %(caller)s)
    ON DUPLICATE KEY UPDATE name = users.name;
    SELECT id, idempotency_key FROM users WHERE email = %(email)s
"""
CLAIM = """
    DELETE FROM users WHERE email = %(email)s AND stytch_user_id <> %(stytch_user_id)s;
    DELETE FROM users WHERE stytch_user_id = %(stytch_user_id)s AND email <> %(email)s;
    INSERT INTO users (email, name, stytch_user_id, idempotency_key, created_at, updated_at)
    SELECT %(email)s, %(name)s, %(stytch_user_id)s, %(key)s, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)
      FROM DUAL
     WHERE NOT EXISTS (SELECT 1 FROM deleted_accounts WHERE principal_id = %(id)s)
    ON DUPLICATE KEY UPDATE stytch_user_id = VALUES(stytch_user_id),
                            updated_at = VALUES(updated_at)
"""
LIST = f"""
    SELECT {_COLUMNS} FROM users WHERE id < %(before_id)s ORDER BY id DESC LIMIT %(rows)s
"""
FIND = f"SELECT {_COLUMNS} FROM users WHERE id = %(id)s"
FIND_WITH_IDENTITY = "SELECT id, email, stytch_user_id FROM users WHERE id = %(id)s"
FIND_BY_EMAIL = "SELECT id FROM users WHERE email = %(email)s"
DELETE = "DELETE FROM users WHERE id = %(id)s AND stytch_user_id <=> %(stytch_user_id)s"


def list_users(page: PageRequest) -> Page:
    """One page, newest first, by the primary key."""
    rows = reader().read(LIST, {"before_id": page.before_id, "rows": page.limit + 1})
    return page_of([_public(row) for row in rows], page.limit)


def find_user(id: int) -> Row:
    """One user, by the primary key; raises NotFound."""
    rows = reader().read(FIND, {"id": id})
    return _public(_first(rows))


def find_user_with_identity(id: int) -> Row:
    """One user and the Stytch user id (None before the first sign-in); raises NotFound."""
    return _first(database().read(FIND_WITH_IDENTITY, {"id": id}))


def is_known(email: str) -> bool:
    """Whether the address has been added, invited, or has signed in; by the index on e-mail."""
    return bool(database().read(FIND_BY_EMAIL, {"email": email}))


def create_user(email: str, name: str, caller: Principal, idempotency_key: str) -> int:
    """The new user's id, or that of the user whom an earlier request with this key made.

    Served by the unique index on e-mail. Raises Conflict when the address is taken.
    """
    id, key = _insert(email, name, caller, idempotency_key)
    if key != sha256(idempotency_key):
        raise Conflict("email_taken", "There is a user with this e-mail already.")
    return id


def invite_user(email: str, name: str, caller: Principal) -> None:
    """Make sure that the address has a row, so that its owner can be let in; may be repeated."""
    _insert(email, name, caller, email)


def claim_user(principal: Principal) -> None:
    """Give the address's row to whoever has just proven to own it, or make one; may be repeated.

    A row that another Stytch user held under this address goes: its owner has lost the address.
    So does this user's row under a former address. An account that is being deleted gets no row:
    its owner may sign in to repeat the deletion. Served by the two unique indexes.
    """
    database().write_repeatable(
        CLAIM,
        {
            "id": principal.id,
            "email": principal.email,
            "name": principal.name[:255],
            "stytch_user_id": principal.subject,
            "key": sha256(principal.id),
        },
    )


def delete_user(user: Row) -> bool:
    """Delete the row, by the primary key; False when it is not as `find_user_with_identity` saw it.

    Somebody may have signed in meanwhile and made it theirs.
    """
    return database().write(DELETE, user).affected == 1


def _insert(email: str, name: str, caller: Principal, idempotency_key: str) -> tuple[int, str]:
    written = database().write_repeatable(
        CREATE,
        {"email": email, "name": name, "key": sha256(idempotency_key), "caller": caller.id},
    )
    if not written.rows:
        raise account_deleted()
    row = written.rows[0]
    return row["id"], row["idempotency_key"]


def _first(rows: list[Row]) -> Row:
    if not rows:
        raise NotFound("user_not_found", "There is no such user.")
    return rows[0]


def _public(row: Row) -> Row:
    return {**row, "created_at": rfc3339(row["created_at"])}
