"""Deleting somebody for good: their rows here, and their identity at the provider.

Every step can be repeated, and what is already gone counts as done. A failure names the step that
was not done; later steps are not begun.
"""

from __future__ import annotations

from shared.auth.client_context import Identity, NetlifyContext
from shared.auth.principal import Principal
from shared.database import accounts, users
from shared.errors import Forbidden
from shared.settings.settings import settings
from shared.steps import step


def delete_account(principal: Principal, context: NetlifyContext | None) -> None:
    """Delete the principal's rows, then their identity.

    Raises Unavailable that names the step, or Forbidden, with nothing changed, where the identity
    cannot be deleted from here.
    """
    identity = _identity(context) if principal.provider == "netlify" else None
    with step("rows"):
        accounts.delete_rows(principal.id)
    with step("identity"):
        if identity is not None:
            _delete_identity_user(identity, principal)
        else:
            _delete_stytch_user(principal.subject)


def delete_user(user_id: int) -> None:
    """Delete a user's identity, then the row that knows it; raises NotFound, or Unavailable.

    The row goes last, since nothing else says which Stytch user it is. The user's issues stay: they
    are the board's history. On a site without Stytch nobody can sign in with it, so there is no
    identity to delete; the mark would count if the site had Stytch again.
    """
    user = users.find_identity(user_id)
    with step("identity"):
        if user["stytch_user_id"] is not None:
            accounts.mark_deleted(f"stytch:{user['stytch_user_id']}")
        if settings().has_stytch:
            _delete_stytch_identity(user)
    with step("rows"):
        is_done = users.delete(user)
    if not is_done:
        delete_user(user_id)  # somebody has just claimed the row: delete their identity as well


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


def _delete_identity_user(identity: Identity, principal: Principal) -> None:
    from shared.auth import netlify  # loaded when the function started

    netlify.delete_user(identity, principal)


def _delete_stytch_user(user_id: str) -> None:
    from shared.auth.stytch import sdk  # slow to import, and no other route of `delete` needs it

    sdk.delete_user(user_id)


def _delete_stytch_identity(user: users.UserIdentity) -> None:
    """The user of a row that somebody has claimed, or the invitation of one that nobody has."""
    if user["stytch_user_id"] is not None:
        _delete_stytch_user(user["stytch_user_id"])
    else:
        _revoke_invitation(user["email"])


def _revoke_invitation(email: str) -> None:
    from shared.auth.stytch import sdk

    sdk.revoke_invitation(email)
