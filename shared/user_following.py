"""Keeping the users table as the providers have their users.

An event only says whom to ask about. The provider's record, asked for at that moment, decides what
becomes of the row. So events may come twice, late, in any order, or from anybody.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from shared.auth.principal import Principal
from shared.auth.provider_event import ProviderEvent
from shared.auth.provider_record import ProviderRecord
from shared.database import followed_users
from shared.errors import DatabaseUnavailable
from shared.settings.settings import settings

_MOST_ATTEMPTS = 3


def follow(event: ProviderEvent, ask: Callable[[str], ProviderRecord]) -> None:
    """Ask for the event's user by id, and make the row what was answered.

    Asked again if somebody else has written in between. "No such user" means that somebody is gone
    where we know them, or where the provider itself has said so. Otherwise it may be somebody whose
    sign-up is not finished yet. Raises Unavailable.
    """
    forget = followed_users.forget if event.is_deletion else followed_users.forget_known
    for _ in range(_MOST_ATTEMPTS):
        asked_at = datetime.now(UTC)
        record = ask(event.user_id)
        if not record.exists:
            forget(event.principal_id)
            return
        if record.person is None:
            followed_users.remove_unproven(event.principal_id, asked_at)
            return
        if not _may_have_a_row(record.person) or followed_users.follow(record.person, asked_at):
            return
    raise DatabaseUnavailable


def _may_have_a_row(person: Principal) -> bool:
    """Whether the person is known here, or anybody may sign up."""
    return settings().signup == "open" or followed_users.is_known(person)
