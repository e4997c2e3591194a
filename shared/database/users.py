"""The users: everyone whom an admin added or invited, or who has signed in, with either provider.

An address may have one row for each provider, and the two are two people. `principal_id` is null
until the address's owner has signed in.
"""

from typing import TypedDict, cast

from shared.database import mark
from shared.database.actor import Actor, parameters_of
from shared.database.database import database
from shared.database.paging import PageRequest
from shared.digest import sha256
from shared.errors import AccountDeleted, Conflict, NotFound

_COLUMNS = "id, name, email, provider, principal_id, last_seen_at, created_at"
_UNLESS_DELETED = "NOT EXISTS (SELECT 1 FROM deleted_accounts WHERE principal_id = %(actor)s)"
_ADDRESS = "email = %(email)s AND provider = %(provider)s"
_NOW = "UTC_TIMESTAMP(6)"

# A row that an invitation made, and that nobody has claimed, gets the name that an admin adds.
# It stays as it is where the key came with another address before: over shards, IGNORE sees no key
# that a lookup table refuses, so this is read first. MySQL reads the table that it changes only
# where the rows are put aside; a LIMIT has it do so.
_NEW_KEY = """NOT EXISTS
       (SELECT 1 FROM (SELECT 1 FROM users WHERE creation_key = %(key)s LIMIT 1) AS earlier)"""
CREATE = f"""
    UPDATE IGNORE users
       SET name = %(name)s, creation_key = %(key)s, request_hash = %(request_hash)s
     WHERE {_ADDRESS} AND principal_id IS NULL AND creation_key IS NULL AND {_UNLESS_DELETED}
       AND {_NEW_KEY};
    INSERT INTO users (email, provider, name, creation_key, request_hash, created_at, updated_at)
    SELECT %(email)s, %(provider)s, %(name)s, %(key)s, %(request_hash)s, {_NOW}, {_NOW}
      FROM DUAL WHERE {_UNLESS_DELETED}
    ON DUPLICATE KEY UPDATE name = users.name;
    SELECT id, creation_key, request_hash FROM users WHERE creation_key = %(key)s
    UNION ALL (SELECT id, creation_key, request_hash FROM users WHERE {_ADDRESS})
"""
INVITE = f"""
    INSERT INTO users (email, provider, name, created_at, updated_at)
    SELECT %(email)s, %(provider)s, %(name)s, {_NOW}, {_NOW} FROM DUAL WHERE {_UNLESS_DELETED}
    ON DUPLICATE KEY UPDATE name = users.name;
    SELECT id FROM users WHERE {_ADDRESS}
"""
CLAIM = f"""
    DELETE FROM users WHERE {_ADDRESS} AND principal_id <> %(actor)s;
    DELETE FROM users WHERE principal_id = %(actor)s AND email <> %(email)s;
    INSERT INTO users (email, provider, name, principal_id, last_seen_at, created_at, updated_at)
    SELECT %(email)s, %(provider)s, %(name)s, %(actor)s, {_NOW}, {_NOW}, {_NOW}
      FROM DUAL WHERE {_UNLESS_DELETED}
    ON DUPLICATE KEY UPDATE principal_id = VALUES(principal_id),
                            last_seen_at = VALUES(last_seen_at), updated_at = VALUES(updated_at)
"""
LIST = mark.with_mark(
    _COLUMNS,
    f"SELECT {_COLUMNS} FROM users WHERE id < %(before_id)s ORDER BY id DESC LIMIT %(rows)s",
)
FIND = mark.with_mark(_COLUMNS, f"SELECT {_COLUMNS} FROM users WHERE id = %(id)s")
_IDENTITY = "id, email, provider, principal_id"
FIND_IDENTITY = mark.with_mark(_IDENTITY, f"SELECT {_IDENTITY} FROM users WHERE id = %(id)s")
FIND_BY_ADDRESS = f"SELECT id FROM users WHERE {_ADDRESS}"
DELETE = "DELETE FROM users WHERE id = %(id)s AND principal_id <=> %(principal_id)s"


class User(TypedDict):
    """A user as the API shows them; times are RFC 3339, in UTC."""

    id: int
    name: str
    email: str
    provider: str
    principal_id: str | None
    last_seen_at: str | None
    created_at: str


class UserIdentity(TypedDict):
    """A user's row, and the principal who has claimed it (None before their first sign-in)."""

    id: int
    email: str
    provider: str
    principal_id: str | None


def find_page(page: PageRequest, caller: Actor) -> list[User]:
    """Up to `page.limit` + 1 users, newest first, by the primary key; raises AccountDeleted."""
    bounds = {"before_id": page.before_id, "rows": page.limit + 1}
    return cast(list[User], mark.read_page(LIST, caller, bounds))


def find(user_id: int, caller: Actor) -> User | None:
    """One user, by the primary key; None where there is none. Raises AccountDeleted."""
    rows = mark.read(FIND, caller, {"id": user_id})
    return cast(User, rows[0]) if rows else None


def find_identity(user_id: int, caller: Actor) -> UserIdentity:
    """One user with their principal, by the primary key; raises NotFound, or AccountDeleted."""
    rows = mark.unmarked(database().read(FIND_IDENTITY, {"id": user_id, "caller": caller.id}))
    if not rows:
        raise NotFound("user_not_found", "There is no such user.")
    return cast(UserIdentity, rows[0])


def is_known(email: str, provider: str) -> bool:
    """Whether the address has a row of this provider, by the unique index on both."""
    return bool(database().read(FIND_BY_ADDRESS, {"email": email, "provider": provider}))


def create(email: str, name: str, provider: str, admin: Actor, idempotency_key: str) -> int:
    """The new user's id, or that of the user whom an earlier request with this key made.

    A row that an invitation made and nobody has claimed is completed. Served by the unique indexes
    on address and provider, and on the key. Raises Conflict when the address is taken or the key
    came with another body before, and AccountDeleted.
    """
    key = sha256(f"{admin.id}\n{idempotency_key}")
    request_hash = sha256(f"{provider}\n{email}\n{name}")
    person = {"email": email, "provider": provider, "name": name, "actor": admin.id}
    written = database().write_idempotent(
        CREATE, person | {"key": key, "request_hash": request_hash}
    )
    row = next((row for row in written.rows if row["creation_key"] == key), None)
    if row is not None and row["request_hash"] != request_hash:
        raise Conflict("idempotency_key_reused", "This Idempotency-Key came with another body.")
    if row is not None:
        return int(row["id"])
    if written.rows:
        raise Conflict("email_taken", "There is a user with this e-mail already.")
    raise AccountDeleted


def invite(email: str, name: str, provider: str, admin: Actor) -> None:
    """Make sure that the address has a row, so that its owner may sign in; may be repeated.

    Served by the unique index on address and provider. Raises AccountDeleted.
    """
    person = {"email": email, "provider": provider, "name": name, "actor": admin.id}
    if not database().write_idempotent(INVITE, person).rows:
        raise AccountDeleted


def claim(actor: Actor) -> None:
    """Give the address's row to the person who has just proven to own it; may be repeated.

    Where there is no row, one is made. A row that somebody else of the same provider held under
    this address is deleted, since the address is no longer theirs; so is this person's row under a
    former address. An account that is being deleted gets no row: its owner may sign in to repeat
    the deletion. Served by the unique indexes on address and provider, and on the principal.
    """
    database().write_idempotent(CLAIM, parameters_of(actor))


def delete(user: UserIdentity) -> bool:
    """Delete the row, by the primary key.

    False when its principal is no longer the one that `find_identity` saw: somebody has signed in
    and claimed the row.
    """
    return database().write(DELETE, user).rows_changed == 1
