"""Everything that is asked of Stytch but the session check, through its official SDK.

Importing the SDK costs several times the rest of a cold start: only the functions whose job this
is import this module at start, and `delete` when it needs it. Each call raises Unavailable or
Throttled when Stytch does not answer as it should.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests
from stytch.core.response_base import StytchError

from shared.auth.stytch.client import client
from shared.auth.stytch.session import StytchSession, full_name, read_session
from shared.auth.stytch.stytch_errors import mapped_errors
from shared.settings.settings import settings

# What is not there, or never was a session's token.
_GONE = frozenset(
    {
        "email_not_found",
        "invalid_session_token",
        "invalid_token",
        "session_not_found",
        "unable_to_parse_session_jwt",
        "user_not_found",
    }
)


def send_login_link(email: str, landing_url: str, code_challenge: str) -> None:
    """Mail a link for signing in, or for signing up when the address is new."""
    with mapped_errors():
        client().magic_links.email.login_or_create(
            email=email,
            login_magic_link_url=landing_url,
            signup_magic_link_url=landing_url,
            code_challenge=code_challenge,
        )


def send_invitation(email: str, name: str, landing_url: str) -> None:
    """Mail an invitation; the address's user stays pending until it is accepted.

    Who has an account already cannot be invited to one, and is mailed a link for signing in.
    """
    first, _, last = name.partition(" ")
    with mapped_errors():
        try:
            client().magic_links.email.invite(
                email=email,
                name={"first_name": first, "last_name": last} if name else None,
                invite_magic_link_url=landing_url,
            )
        except StytchError as error:
            if error.details.error_type != "duplicate_email":
                raise
            client().magic_links.email.login_or_create(
                email=email, login_magic_link_url=landing_url, signup_magic_link_url=landing_url
            )


def redeem_link(token: str, code_verifier: str | None) -> StytchSession:
    """Trade a magic link's token for a session of `SESSION_DURATION_MINUTES`.

    Raises Unauthenticated with `link_expired`, `link_invalid`, or `wrong_browser` when the link was
    asked for elsewhere (PKCE, RFC 7636). An invitation has no verifier: one left over from an
    earlier login in this browser is put aside.
    """
    with mapped_errors():
        try:
            reply = _redeem(token, code_verifier)
        except StytchError as error:
            if error.details.error_type != "pkce_did_not_expect_code_verifier":
                raise
            reply = _redeem(token, None)
        return read_session(_with_name(reply), settings())


def revoke_session(**token: str) -> None:
    """End the session that one `session_token=` or `session_jwt=` stands for, if it goes on."""
    with mapped_errors(), _gone_is_done():
        client().sessions.revoke(**token)


def revoke_invitation(email: str) -> None:
    """Spoil the links of an address's invitation, if there is one."""
    with mapped_errors(), _gone_is_done():
        client().magic_links.email.revoke_invite(email)


def delete_user(user_id: str) -> None:
    """Delete the user and every session of theirs, if there is one."""
    with mapped_errors(), _gone_is_done():
        client().users.delete(user_id)


@contextmanager
def _gone_is_done() -> Iterator[None]:
    """Let pass that there is nothing (any more) to end or delete."""
    try:
        yield
    except StytchError as error:
        if error.details.error_type not in _GONE:
            raise


def _redeem(token: str, code_verifier: str | None) -> dict[str, Any]:
    reply = client().magic_links.authenticate(
        token=token,
        session_duration_minutes=settings().session_duration_minutes,
        code_verifier=code_verifier,
    )
    return reply.model_dump(mode="json")


def _with_name(reply: dict[str, Any]) -> dict[str, Any]:
    """The reply, its session's JWT now carrying the user's name, which Stytch's own does not."""
    name = full_name(reply["user"])
    if not name:
        return reply
    try:
        named = client().sessions.authenticate(
            session_token=reply["session_token"], session_custom_claims={"name": name}
        )
    except (StytchError, requests.RequestException):
        return reply  # the link is spent: a session without the name is better than none
    return named.model_dump(mode="json")
