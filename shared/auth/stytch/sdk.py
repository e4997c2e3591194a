"""Everything that is asked of Stytch but the session check, through its official SDK.

Importing the SDK costs several times the rest of a cold start. Only the functions whose job this
is import this module when they start; `delete` imports it when it needs it. Each call raises
StytchUnavailable when Stytch does not answer as it should.
"""

from __future__ import annotations

from collections.abc import Callable

import stytch
from stytch.core.response_base import ResponseBase, StytchError

from shared.auth.credentials import Session, SessionToken
from shared.auth.stytch.client import call
from shared.auth.stytch.error_types import ALREADY_GONE
from shared.auth.stytch.session import Json, full_name, read_session
from shared.errors import Conflict, LatchkeyError, StytchRateLimited, Throttled
from shared.settings.settings import settings


def send_login_link(email: str, landing_url: str, code_challenge: str) -> None:
    """Mail a link for signing in, or for signing up when the address is new."""
    _send(
        lambda client: client.magic_links.email.login_or_create(
            email=email,
            login_magic_link_url=landing_url,
            signup_magic_link_url=landing_url,
            code_challenge=code_challenge,
        )
    )


def send_invitation(email: str, name: str, role: str | None, landing_url: str) -> None:
    """Mail an invitation; the address's user stays pending until it is accepted.

    A `role` becomes the user's `trusted_metadata.roles`. Somebody who already has an account gets a
    link for signing in instead; raises Conflict where a role is asked for.
    """
    _send(lambda client: _invite(client, email, name, role, landing_url))


def redeem_link(token: str, code_verifier: str | None, attributes: Json) -> Session:
    """Trade a magic link's token for a session of `SESSION_DURATION_MINUTES`.

    Stytch keeps the `attributes` (`ip_address`, `user_agent`) with the session, for the list of
    sessions.

    Raises Unauthenticated with `link_expired`, `link_invalid`, or `wrong_browser` when the link was
    asked for in another browser (PKCE, RFC 7636). From here on the link is spent, so we read the
    fields that we need ourselves: the SDK's models refuse whole replies for one new kind of factor.
    """
    reply = call(lambda client: _redeem(client, token, code_verifier, attributes))
    session = read_session(reply)
    name = full_name(reply["user"])
    return _with_name(session, name) if name else session


def revoke_session(token: SessionToken) -> None:
    """End the session that this token stands for, if it still exists."""
    if token.kind == "session_token":
        _unless_gone(lambda client: client.sessions.revoke(session_token=token.value))
    else:
        _unless_gone(lambda client: client.sessions.revoke(session_jwt=token.value))


def revoke_invitation(email: str) -> None:
    """Make the links of an address's invitation useless, if there is one."""
    _unless_gone(lambda client: client.magic_links.email.revoke_invite(email))


def delete_user(user_id: str) -> None:
    """Delete the user and all their sessions, if they exist."""
    _unless_gone(lambda client: client.users.delete(user_id))


def _send(operation: Callable[[stytch.Client], object]) -> None:
    """Send a mail; if Stytch has had too many requests for the address, so has the visitor."""
    try:
        call(operation)
    except StytchRateLimited as error:
        detail = "Too many requests. Please try again later."
        raise Throttled("too_many_requests", detail, error.retry_after) from None


def _unless_gone(operation: Callable[[stytch.Client], object]) -> None:
    """Run the operation; that its object does not exist (any more) is no failure."""

    def tolerant(client: stytch.Client) -> None:
        try:
            operation(client)
        except StytchError as error:
            if error.details.error_type not in ALREADY_GONE:
                raise

    call(tolerant)


def _invite(
    client: stytch.Client, email: str, name: str, role: str | None, landing_url: str
) -> None:
    first, _, last = name.partition(" ")
    try:
        client.magic_links.email.invite(
            email=email,
            name={"first_name": first, "last_name": last} if name else None,
            invite_magic_link_url=landing_url,
            trusted_metadata={"roles": [role]} if role else None,
        )
    except StytchError as error:
        if error.details.error_type != "duplicate_email":
            raise
        if role:
            detail = "This address has an account already. Its roles are changed at Stytch."
            raise Conflict("account_exists", detail) from None
        client.magic_links.email.login_or_create(
            email=email, login_magic_link_url=landing_url, signup_magic_link_url=landing_url
        )


def _redeem(client: stytch.Client, token: str, code_verifier: str | None, attributes: Json) -> Json:
    """The reply; an invitation has no verifier, so one of an earlier login is left out."""
    minutes = settings().session_duration_minutes
    body = {"token": token, "session_duration_minutes": minutes, "attributes": attributes}
    verifier = {"code_verifier": code_verifier} if code_verifier else {}
    try:
        return _post(client, "/v1/magic_links/authenticate", body | verifier)
    except StytchError as error:
        if not verifier or error.details.error_type != "pkce_did_not_expect_code_verifier":
            raise
        return _post(client, "/v1/magic_links/authenticate", body)


def _with_name(session: Session, name: str) -> Session:
    """The session, with the user's name in its JWT, where Stytch does not put it itself.

    A session without the name is better than none.
    """
    body = {"session_token": session.session_token, "session_custom_claims": {"name": name}}
    try:
        return read_session(call(lambda client: _post(client, "/v1/sessions/authenticate", body)))
    except LatchkeyError:
        return session


def _post(client: stytch.Client, path: str, body: Json) -> Json:
    """The JSON reply of one call, sent by the SDK; raises StytchError for a refusal."""
    api = client.magic_links
    reply = api.sync_client.post(api.api_base.url_for(path, {}), dict(body), {})
    if reply.response.status_code >= 400:
        ResponseBase.from_json(reply.response.status_code, reply.json)
    return reply.json
