"""Making the rows what the providers say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from shared import user_following
from shared.auth import identity_admin
from shared.auth.client_context import Identity
from shared.auth.provider_event import ProviderEvent
from shared.auth.stytch import users as stytch_users
from shared.database import followed_users
from sync_users.differences import Difference
from sync_users.record import Record

Operator = Callable[[], Identity]

BATCH = 50  # people in one round trip


def apply(differences: Sequence[Difference], operator: Operator | None) -> Iterator[int]:
    """Do them in their order; yields how many have been done. Raises Unavailable.

    Before a row is removed, the provider is asked for its user by id.
    """
    removals = [one for one in differences if one.kind == "remove"]
    records = [one.record for one in differences if one.kind != "remove" and one.record]
    done = 0
    for removal in removals:
        _remove(removal.principal_id, operator)
        done += 1
        yield done
    for first in range(0, len(records), BATCH):
        batch = records[first : first + BATCH]
        followed_users.follow_all(list(_people(batch)))
        done += len(batch)
        yield done


def _remove(principal_id: str, operator: Operator | None) -> None:
    provider, _, user_id = principal_id.partition(":")
    if provider == "stytch":
        deletion = ProviderEvent("stytch", "sync", user_id, is_deletion=True)
        user_following.follow(deletion, stytch_users.find)
    elif operator is not None:
        deletion = ProviderEvent("netlify", "sync", user_id, is_deletion=True)
        user_following.follow(deletion, partial(identity_admin.find_user, operator()))


def _people(records: Sequence[Record]) -> Iterator[followed_users.Answer]:
    for record in records:
        if record.person is not None:
            yield followed_users.Answer(record.person, record.asked_at)
