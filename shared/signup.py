"""Who may sign up: `authenticate` asks it, and so does whatever hears of a new Identity account."""

from __future__ import annotations

from shared.auth.principal import Provider
from shared.database import users
from shared.settings.settings import settings
from shared.text import normalise_email


def is_welcome(provider: Provider, address: str) -> bool:
    """Whether the address may sign up with this provider.

    With `SIGNUP=invite`, it needs a row of this provider's in `users`: an invitation through the
    other one opens no second way in. Raises DatabaseUnavailable.
    """
    return settings().signup == "open" or users.is_known(normalise_email(address), provider)


def require_answer() -> None:
    """Raise DatabaseUnavailable where nobody could be welcome now, so that no link is spent for it.

    Only a site that invites needs the database for that.
    """
    if settings().signup == "invite":
        users.is_known("", "stytch")
