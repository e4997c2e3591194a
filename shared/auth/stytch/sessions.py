"""All sessions of one Stytch user: listed, and ended.

These are requests of our own, since the functions that make them do not import the SDK.
Source: Stytch's API reference, "Get sessions" and "Revoke session".
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, TypedDict
from urllib.parse import urlencode

from shared.auth.credentials import SessionToken
from shared.auth.principal import Principal
from shared.auth.stytch import api, session
from shared.auth.stytch.error_types import ALREADY_GONE
from shared.errors import Conflict, NotFound, StytchUnavailable, Unauthenticated
from shared.settings.settings import settings


class ListedSession(TypedDict):
    """A session as the API shows it; times are RFC 3339, in UTC.

    `ip_address` and `user_agent` are what was seen when it began. `current` is the caller's own.
    """

    id: str
    started_at: str
    last_accessed_at: str
    expires_at: str
    ip_address: str | None
    user_agent: str | None
    current: bool


def find_own(caller: Principal) -> list[ListedSession]:
    """The caller's sessions, newest first.

    Raises Conflict for a user of Identity, which lists none, and Unauthenticated when the caller's
    own is not among them: a session JWT can outlive its session.
    """
    if caller.provider != "stytch":
        detail = "Netlify Identity does not list sessions; they can only be ended all at once."
        raise Conflict("sessions_not_listed", detail)
    listed = _find(caller)
    if not any(each["current"] for each in listed):
        raise Unauthenticated("session_invalid", "The session is over; please sign in again.")
    return listed


def end_own(caller: Principal, session_id: str) -> bool:
    """End one of the caller's sessions; answers whether it was the current one.

    Raises NotFound for one that is not the caller's, and as `find_own` does.
    """
    for own in find_own(caller):
        if own["id"] == session_id:
            _revoke(session_id)
            return own["current"]
    raise NotFound("session_not_found", "You have no such session.")


def end_others(tokens: Iterable[SessionToken]) -> bool:
    """End all sessions of the people whose sessions these are, but for these themselves.

    They stay, so that it can be repeated with them. False where Stytch accepts none of the tokens.
    """
    callers: dict[str | None, Principal] = {}
    for token in tokens:
        with suppress(Unauthenticated):  # that one is over
            caller = session.check(token).principal
            callers[caller.session_id] = caller
    others = [other for caller in callers.values() for other in _find(caller)]
    for other in others:
        if other["id"] not in callers:
            _revoke(other["id"])
    return bool(callers)


def seconds_still_believed() -> int:
    """For how long the JWT of an ended session may still be believed by these functions."""
    return 0 if settings().confirm == "always" else settings().stytch_jwt_max_age_seconds


def _find(caller: Principal) -> list[ListedSession]:
    """`GET /v1/sessions?user_id=`: the user's active sessions."""
    answer = api.call("GET", f"/v1/sessions?{urlencode({'user_id': caller.subject})}")
    if answer.status != 200:
        raise api.refusal(answer)
    try:
        listed = [_listed(each, caller) for each in answer.body["sessions"]]
    except (KeyError, TypeError, AttributeError):
        raise StytchUnavailable from None
    return sorted(listed, key=lambda each: each["started_at"], reverse=True)


def _listed(reply: Mapping[str, Any], caller: Principal) -> ListedSession:
    attributes = reply.get("attributes") or {}
    return {
        "id": str(reply["session_id"]),
        "started_at": str(reply["started_at"]),
        "last_accessed_at": str(reply["last_accessed_at"]),
        "expires_at": str(reply["expires_at"]),
        "ip_address": attributes.get("ip_address") or None,
        "user_agent": attributes.get("user_agent") or None,
        "current": reply["session_id"] == caller.session_id,
    }


def _revoke(session_id: str) -> None:
    """`POST /v1/sessions/revoke`; a session that is over already counts as done.

    A success has Stytch's own form: an empty object of whatever stands in between ends nothing.
    """
    answer = api.call("POST", "/v1/sessions/revoke", {"session_id": session_id})
    is_done = answer.status == 200 and answer.body.get("status_code") == 200
    if not is_done and api.error_type(answer) not in ALREADY_GONE:
        raise StytchUnavailable
