"""The users: everyone whom an admin added or invited, or who has signed in with Stytch."""

from __future__ import annotations

from typing import TypedDict, cast

from shared.database import mark
from shared.database.actor import Actor
from shared.database.database import Row, database
from shared.database.paging import PageRequest
from shared.digest import sha256
from shared.errors import AccountDeleted, Conflict, NotFound

_COLUMNS = "id, name, email, created_at"

# A row that an invitation made, and that nobody has claimed, gets the name that an admin adds.
CREATE = """
    INSERT INTO users (email, name, idempotency_key, created_at, updated_at)
    SELECT %(email)s, %(name)s, %(key)s, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)
      FROM DUAL
     WHERE NOT EXISTS (SELECT 1 FROM deleted_accounts WHERE principal_id = %(actor)s)
    ON DUPLICATE KEY UPDATE
      name = IF(users.stytch_user_id IS NULL AND users.idempotency_key = %(invitation)s,
                VALUES(name), users.name),
      idempotency_key = IF(users.stytch_user_id IS NULL
                             AND users.idempotency_key = %(invitation)s,
                           VALUES(idempotency_key), users.idempotency_key);
    SELECT id, idempotency_key FROM users WHERE email = %(email)s
"""
INVITE = """
    INSERT INTO users (email, name, idempotency_key, created_at, updated_at)
    SELECT %(email)s, %(name)s, %(invitation)s, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)
      FROM DUAL
     WHERE NOT EXISTS (SELECT 1 FROM deleted_accounts WHERE principal_id = %(actor)s)
    ON DUPLICATE KEY UPDATE name = users.name;
    SELECT id FROM users WHERE email = %(email)s
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
LIST = mark.with_mark(
    _COLUMNS,
    f"SELECT {_COLUMNS} FROM users WHERE id < %(before_id)s ORDER BY id DESC LIMIT %(rows)s",
)
FIND = mark.with_mark(_COLUMNS, f"SELECT {_COLUMNS} FROM users WHERE id = %(id)s")
FIND_IDENTITY = "SELECT id, email, stytch_user_id FROM users WHERE id = %(id)s"
FIND_BY_EMAIL = "SELECT id FROM users WHERE email = %(email)s"
DELETE = "DELETE FROM users WHERE id = %(id)s AND stytch_user_id <=> %(stytch_user_id)s"


class User(TypedDict):
    """A user as the API shows them; `created_at` is RFC 3339, in UTC."""

    id: int
    name: str
    email: str
    created_at: str


class UserIdentity(TypedDict):
    """A user's row, and the id by which Stytch knows them (None before the first sign-in)."""

    id: int
    email: str
    stytch_user_id: str | None


def find_page(page: PageRequest, caller: Actor) -> list[User]:
    """Up to `page.limit` + 1 users, newest first, by the primary key; raises AccountDeleted."""
    bounds = {"before_id": page.before_id, "rows": page.limit + 1}
    return cast(list[User], mark.read_page(LIST, caller, bounds))


def find(user_id: int, caller: Actor) -> User:
    """One user, by the primary key; raises NotFound, or AccountDeleted."""
    return cast(User, _first(mark.read(FIND, caller, {"id": user_id})))


def find_identity(user_id: int) -> UserIdentity:
    """One user with their Stytch user id, by the primary key; raises NotFound."""
    return cast(UserIdentity, _first(database().read(FIND_IDENTITY, {"id": user_id})))


def is_known(email: str) -> bool:
    """Whether the address was added or invited, or has signed in; by the index on e-mail."""
    return bool(database().read(FIND_BY_EMAIL, {"email": email}))


def create(email: str, name: str, actor: Actor, idempotency_key: str) -> int:
    """The new user's id, or that of the user whom an earlier request with this key and name made.

    A row that an invitation made and nobody has claimed is completed. Served by the unique index on
    e-mail. Raises Conflict when the address is taken, and AccountDeleted.
    """
    key = sha256(f"{actor.id}\n{idempotency_key}\n{name}")  # no other admin's, no invitation's
    row = _insert(CREATE, email, name, actor, key=key)
    if row["idempotency_key"] != key:
        raise Conflict("email_taken", "There is a user with this e-mail already.")
    return int(row["id"])


def invite(email: str, name: str, actor: Actor) -> None:
    """Make sure that the address has a row, so that its owner may sign in; may be repeated.

    Raises AccountDeleted.
    """
    _insert(INVITE, email, name, actor)


def claim(actor: Actor) -> None:
    """Give the address's row to the Stytch user who has just proven to own it; may be repeated.

    Where there is no row, one is made. A row that another Stytch user held under this address is
    deleted, since the address is no longer theirs; so is this user's row under a former address. An
    account that is being deleted gets no row: its owner may sign in to repeat the deletion. Served
    by the two unique indexes.
    """
    database().write_idempotent(
        CLAIM,
        {
            "id": actor.id,
            "email": actor.email,
            "name": actor.name,
            "stytch_user_id": actor.subject,
            "key": sha256(actor.id),
        },
    )


def delete(user: UserIdentity) -> bool:
    """Delete the row, by the primary key.

    False when its Stytch user id is no longer the one that `find_identity` saw: somebody has signed
    in and claimed the row.
    """
    return database().write(DELETE, user).rows_changed == 1


def _insert(statement: str, email: str, name: str, actor: Actor, **values: str) -> Row:
    params = {"email": email, "name": name, "actor": actor.id, "invitation": sha256(email)}
    written = database().write_idempotent(statement, params | values)
    if not written.rows:
        raise AccountDeleted
    return written.rows[0]


def _first(rows: list[Row]) -> Row:
    if not rows:
        raise NotFound("user_not_found", "There is no such user.")
    return rows[0]
