"""Deleting somebody for good: their rows here, and their identity at the provider.

Every step can be repeated, and what is gone already counts as done. A failure names the step that
was not done, and later steps are not begun.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from shared.auth import netlify as netlify_identity
from shared.auth.client_context import Identity, NetlifyContext
from shared.auth.principal import Principal
from shared.database import accounts, users
from shared.errors import Forbidden, Unavailable
from shared.settings.settings import settings


def delete_account(caller: Principal, netlify: NetlifyContext | None) -> None:
    """Delete the caller's rows, then their identity.

    Raises Unavailable that names the step, or Forbidden, with nothing changed, where the identity
    cannot be deleted from here.
    """
    identity = _identity(netlify) if caller.provider == "netlify" else None
    with _step("rows"):
        accounts.delete_rows(caller.id)
    with _step("identity"):
        if identity is not None:
            netlify_identity.delete_user(identity, caller)
        else:
            _delete_stytch_user(caller.subject)


def delete_user(id: int) -> None:
    """Delete a user's identity, then the row that knows it; raises NotFound, or Unavailable.

    The row goes last, for it alone says which Stytch user it is. Issues stay: they are the board's.
    """
    user = users.find_user_with_identity(id)
    with _step("identity"):
        if user["stytch_user_id"] is not None:
            accounts.mark_deleted(f"stytch:{user['stytch_user_id']}")
            _delete_stytch_user(user["stytch_user_id"])
        else:
            _revoke_invitation(user["email"])
    with _step("rows"):
        is_done = users.delete_user(user)
    if not is_done:
        delete_user(id)  # somebody has signed in meanwhile: their identity has to go as well


def _identity(netlify: NetlifyContext | None) -> Identity:
    """The Identity instance to delete the user from, before anything else is touched."""
    if netlify and netlify.identity:
        return netlify.identity
    configured = netlify_identity.configured_identity(settings())
    if configured is None:
        raise Forbidden(
            "identity_not_operable", "This account can be deleted through the Netlify site only."
        )
    return configured


def _delete_stytch_user(user_id: str) -> None:
    from shared.auth.stytch import sdk as stytch_sdk

    stytch_sdk.delete_user(user_id)


def _revoke_invitation(email: str) -> None:
    from shared.auth.stytch import sdk as stytch_sdk

    stytch_sdk.revoke_invitation(email)


@contextmanager
def _step(name: str) -> Iterator[None]:
    try:
        yield
    except Unavailable as error:
        detail = f"The step '{name}' was not done; send the request again to go on."
        raise Unavailable(error.code, detail, error.retry_after, step=name) from error
