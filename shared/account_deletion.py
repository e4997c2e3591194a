"""Deleting somebody for good: their rows here, and their identity at the provider.

Every step can be repeated, and what is already gone counts as done. A failure names the step that
was not done; later steps are not begun.
"""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from types import ModuleType

from shared import stopwatch
from shared.auth.client_context import Identity, NetlifyContext
from shared.auth.principal import Principal
from shared.database import accounts, users
from shared.database.users import UserIdentity
from shared.errors import Forbidden, NotFound, StytchUnavailable, Unavailable
from shared.settings.settings import settings
from shared.steps import step

STYTCH_IMPORT_SECONDS = 10


def delete_account(principal: Principal, context: NetlifyContext | None) -> None:
    """Delete the principal's rows, then their identity.

    Raises Unavailable that names the step (`deletion_unfinished` where there are too many rows for
    one invocation), or Forbidden, with nothing changed, where the identity cannot be deleted from
    here.
    """
    identity = _identity(context) if principal.provider == "netlify" else None
    with step("rows"):
        remaining = accounts.delete_rows(principal.id)
    if remaining:
        number = f"{remaining} or more" if remaining == accounts.MOST_COUNTED else remaining
        detail = f"{number} issues are left to delete. Send the request again to go on."
        raise Unavailable("deletion_unfinished", detail, 1, "rows", remaining)
    with step("identity"):
        if identity is not None:
            _delete_identity_user(identity, principal.subject)
        else:
            _delete_stytch_user(principal.subject)


def delete_user(user_id: int, admin: Principal, context: NetlifyContext | None) -> None:
    """Delete a user's identity at their provider, then the row that knows it.

    The row goes last, since nothing else says whose identity it is. The user's issues stay: they
    are the board's history. Nobody can sign in with a provider that the site does not have: there
    is no identity to delete then, and the mark would count if the site had it again. Raises
    NotFound, Unavailable, AccountDeleted where it is the admin's own account that is deleted, or
    Conflict, with nothing changed, where Identity cannot be operated from here.
    """
    user = users.find_identity(user_id, admin)
    with step("identity"):
        if user["provider"] == "netlify":
            _delete_at_identity(user, context)
        else:
            _delete_at_stytch(user)
    with step("rows"):
        is_done = users.delete(user)
    if not is_done:
        with suppress(NotFound):  # the provider's webhook has deleted the row meanwhile
            delete_user(user_id, admin, context)  # somebody has just claimed it: theirs as well


def _delete_at_identity(user: UserIdentity, context: NetlifyContext | None) -> None:
    """Also where nobody has claimed the row: an invitation has made an account at Identity."""
    if not settings().has_identity:
        _mark(user["principal_id"])
        return
    from shared.auth import identity_admin, netlify

    identity = identity_admin.operator(context)
    subject = _subject(user) or identity_admin.find_user_id(identity, user["email"])
    if subject:
        _mark(f"netlify:{subject}")
        netlify.delete_user(identity, subject)


def _delete_at_stytch(user: UserIdentity) -> None:
    """The user of a row that somebody has claimed, or the invitation of one that nobody has."""
    _mark(user["principal_id"])
    if not settings().has_stytch:
        return
    subject = _subject(user)
    if subject:
        _delete_stytch_user(subject)
    else:
        _revoke_invitation(user["email"])


def _mark(principal_id: str | None) -> None:
    if principal_id:
        accounts.mark_deleted(principal_id)


def _subject(user: UserIdentity) -> str:
    """The id by which the provider knows whoever has claimed the row; empty where nobody has."""
    return (user["principal_id"] or "").partition(":")[2]


def _identity(context: NetlifyContext | None) -> Identity:
    """The Identity instance to delete the user from, found before anything is changed."""
    if context and context.identity:
        return context.identity
    from shared.auth import netlify  # loaded when the function started

    configured = netlify.configured_identity()
    if configured is None:
        raise Forbidden(
            "identity_not_operable", "This account can be deleted through the Netlify site only."
        )
    return configured


def _delete_identity_user(identity: Identity, user_id: str) -> None:
    from shared.auth import netlify  # loaded when the function started

    netlify.delete_user(identity, user_id)


def _delete_stytch_user(user_id: str) -> None:
    _stytch_sdk().delete_user(user_id)


def _revoke_invitation(email: str) -> None:
    _stytch_sdk().revoke_invitation(email)


def _stytch_sdk() -> ModuleType:
    """The module for Stytch's SDK, which no other route of `delete` needs.

    Its import takes seconds of a small function's time; what does not fit is done when the request
    is sent again. Raises StytchUnavailable.
    """
    name = "shared.auth.stytch.sdk"
    try:
        return stopwatch.in_time(lambda: import_module(name), STYTCH_IMPORT_SECONDS)
    except TimeoutError:
        raise StytchUnavailable from None
