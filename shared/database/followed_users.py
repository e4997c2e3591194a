"""The rows of users, as their providers say: one statement for each thing that they can say.

`updated_at` of such a row is when the provider was asked, so that an answer that was overtaken
changes nothing.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from shared.database.accounts import MARK_DELETED
from shared.database.actor import Actor
from shared.database.database import database
from shared.database.visits import UNLESS_CLAIMED

_ADDRESS = "email = %(email)s AND provider = %(provider)s"
_OWN = "principal_id = %(actor)s"
_OLDER = "updated_at <= %(asked_at)s"
_UNLESS_DELETED = "NOT EXISTS (SELECT 1 FROM deleted_accounts WHERE principal_id = %(actor)s)"

# A row of another principal under this address goes: the address is no longer theirs. So does this
# principal's row under a former address. Then the invitation is claimed, or the row is as the
# provider says, or a row is made. The last statement finds what is newer than the answer.
FOLLOW = f"""
    DELETE FROM users WHERE {_ADDRESS} AND principal_id <> %(actor)s AND {_OLDER};
    DELETE FROM users WHERE {_OWN} AND email <> %(email)s AND {_OLDER};
    UPDATE IGNORE users SET principal_id = %(actor)s, updated_at = %(asked_at)s
     WHERE {_ADDRESS} AND principal_id IS NULL AND {_UNLESS_DELETED} AND {UNLESS_CLAIMED};
    UPDATE users SET name = COALESCE(%(name)s, name), updated_at = %(asked_at)s
     WHERE {_OWN} AND {_ADDRESS} AND {_OLDER};
    INSERT INTO users (email, provider, name, principal_id, created_at, updated_at)
    SELECT %(email)s, %(provider)s, COALESCE(%(name)s, %(email)s), %(actor)s,
           UTC_TIMESTAMP(6), %(asked_at)s
      FROM DUAL
     WHERE {_UNLESS_DELETED} AND NOT EXISTS (SELECT 1 FROM users WHERE {_OWN})
    ON DUPLICATE KEY UPDATE name = users.name;
    SELECT 1 FROM users WHERE {_OWN} AND updated_at > %(asked_at)s
     UNION ALL SELECT 1 FROM users WHERE {_ADDRESS} AND principal_id <> %(actor)s
"""
FORGET = f"""
    {MARK_DELETED};
    DELETE FROM users WHERE principal_id = %(id)s
"""
FORGET_KNOWN = """
    INSERT INTO deleted_accounts (principal_id, deleted_at)
    SELECT %(id)s, UTC_TIMESTAMP(6) FROM DUAL
     WHERE EXISTS (SELECT 1 FROM users WHERE principal_id = %(id)s)
    ON DUPLICATE KEY UPDATE deleted_at = deleted_accounts.deleted_at;
    DELETE FROM users WHERE principal_id = %(id)s
"""
REMOVE_UNPROVEN = "DELETE FROM users WHERE principal_id = %(id)s AND updated_at <= %(asked_at)s"
IS_KNOWN = f"""
    SELECT 1 FROM users WHERE {_ADDRESS} UNION ALL SELECT 1 FROM users WHERE {_OWN} LIMIT 1
"""


class Answer(NamedTuple):
    """What a provider has said of a person, and when it was asked."""

    person: Actor
    asked_at: datetime


def follow(person: Actor, asked_at: datetime) -> bool:
    """Make the person's row what the provider said; may be repeated.

    Where the provider knows no name, the row keeps the one that it has. False when a later answer,
    or the person, has written the row since `asked_at`: ask again. Served by the unique indexes on
    address and provider, and on the principal.
    """
    return not database().write_idempotent(FOLLOW, _values(Answer(person, asked_at))).rows


def follow_all(answers: Sequence[Answer]) -> None:
    """Like `follow` for each of some people, in one round trip; what is newer than an answer stays.

    Each statement is a transaction of its own. Over shards, one that has read the lookup table of
    principals would wait for itself when it writes there: Vitess does so on another connection.
    """
    statements = [FOLLOW.replace("%(", f"%(p{number}_") for number in range(len(answers))]
    values = {
        f"p{number}_{name}": value
        for number, answer in enumerate(answers)
        for name, value in _values(answer).items()
    }
    database().write_idempotent(";".join(statements), values)


def forget(principal_id: str) -> None:
    """Delete the row, and mark the account as deleted; by the index on the principal."""
    database().write_idempotent(FORGET, {"id": principal_id})


def forget_known(principal_id: str) -> None:
    """Like `forget`, but only where there is a row: nothing is kept of whom we do not know."""
    database().write_idempotent(FORGET_KNOWN, {"id": principal_id})


def remove_unproven(principal_id: str, asked_at: datetime) -> None:
    """Delete the row of a user who owns no address (any more); by the index on the principal."""
    database().write_idempotent(REMOVE_UNPROVEN, {"id": principal_id, "asked_at": _text(asked_at)})


def is_known(person: Actor) -> bool:
    """Whether the person or their address has a row, by the unique indexes."""
    return bool(database().read(IS_KNOWN, _person(person)))


def _values(answer: Answer) -> dict[str, str | None]:
    name = _own_name(answer.person)
    return _person(answer.person) | {"name": name, "asked_at": _text(answer.asked_at)}


def _own_name(person: Actor) -> str | None:
    """The name that the provider knows; a person who has none is called by the address."""
    return None if person.name == person.email else person.name


def _person(person: Actor) -> dict[str, str]:
    return {"actor": person.id, "provider": person.provider, "email": person.email}


def _text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f")
