"""Who was here, and when: at most once an hour, a person's row in `users` is dated.

The statements travel with a request's own (`issues.CREATE`), so that they cost no round trip. They
are how an Identity user gets a row of whom no webhook told: nothing here sees them sign in.
"""

from __future__ import annotations

from shared.database import mark
from shared.database.actor import Actor, parameters_of
from shared.database.database import database
from shared.errors import AccountDeleted

_UNLESS_DELETED = "NOT EXISTS (SELECT 1 FROM deleted_accounts WHERE principal_id = %(actor)s)"
_NOW = "UTC_TIMESTAMP(6)"

# IGNORE sees no principal that a lookup table refuses over shards, so that is read first. MySQL
# reads the table that it changes only where the rows are put aside; a LIMIT has it do so.
UNLESS_CLAIMED = """NOT EXISTS
       (SELECT 1 FROM (SELECT 1 FROM users WHERE principal_id = %(actor)s LIMIT 1) AS own)"""

# A token may be older than a change of its owner's address. So it takes no row from anybody, and
# moves none: it dates its own row, else claims one that nobody has, else adds one. Without its
# NOT EXISTS, the INSERT would use up an id at every visit.
SEE = f"""
    UPDATE users SET last_seen_at = {_NOW}
     WHERE principal_id = %(actor)s
       AND (last_seen_at IS NULL OR last_seen_at < {_NOW} - INTERVAL 1 HOUR);
    UPDATE IGNORE users SET principal_id = %(actor)s, last_seen_at = {_NOW}
     WHERE email = %(email)s AND provider = %(provider)s AND principal_id IS NULL
       AND {_UNLESS_DELETED} AND {UNLESS_CLAIMED};
    INSERT INTO users (email, provider, name, principal_id, last_seen_at, created_at, updated_at)
    SELECT %(email)s, %(provider)s, %(name)s, %(actor)s, {_NOW}, {_NOW}, {_NOW}
      FROM DUAL WHERE {_UNLESS_DELETED}
       AND NOT EXISTS (SELECT 1 FROM users WHERE principal_id = %(actor)s)
    ON DUPLICATE KEY UPDATE name = users.name
"""
SEE_OR_REFUSE = f"{SEE}; {mark.FIND}"


def see(actor: Actor) -> None:
    """Note that somebody is here; a person who has no row gets one. May be repeated.

    Served by the unique indexes on the principal, and on address and provider. Raises
    AccountDeleted.
    """
    params = {**parameters_of(actor), "caller": actor.id}
    if database().write_idempotent(SEE_OR_REFUSE, params).rows:
        raise AccountDeleted
