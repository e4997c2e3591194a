"""Stytch's sandbox values: fixed answers, no mail, nothing stored.

Source: https://stytch.com/docs/guides/testing/sandbox-values and stytch-node's sandbox tests. The
documented tokens that are "not found" need nothing: no store has them.
"""

from __future__ import annotations

from local.kit.clock import rfc3339
from local.kit.store import Document
from local.stytch.state.objects import email_object, user_object

EMAIL = "sandbox@stytch.com"
USER_ID = "user-test-e3795c81-f849-4167-bfda-e4a6e9c280fd"
LINK_TOKEN = "DOYoip3rvIMMW5lgItikFK-Ak1CfMsgjuiCyI7uuU94="  # noqa: S105, a published value
SPENT_LINK_TOKEN = "3pzjQpgksDlGKWEwUq2Up--hCHC_0oamfLHyfspKDFU="  # noqa: S105, the same
SESSION_TOKEN = "WJtR5BCy38Szd5AfoDpf0iqFKEt4EE5JhjlWUY7l3FtY"  # noqa: S105, the same
SESSION_ID = "session-test-00000000-0000-4000-8000-000000000000"
EMAIL_ID = "email-test-00000000-0000-4000-8000-000000000000"
_STARTED_AT = 1630111318.935673  # 2021-08-28T00:41:58.935673Z


def user() -> Document:
    email = email_object(EMAIL_ID, EMAIL) | {"verified": True}
    return user_object(USER_ID, email, "active", rfc3339(_STARTED_AT))


def session(now: float) -> Document:
    """Return the sandbox session, which at any `now` has half an hour left."""
    return {
        "session_id": SESSION_ID,
        "token": SESSION_TOKEN,
        "user_id": USER_ID,
        "started_at": _STARTED_AT,
        "last_accessed_at": now,
        "expires_at": now + 1800,
        "attributes": None,
        "authentication_factors": [],
        "custom_claims": {},
    }


def link(now: float) -> Document:
    return {
        "token": LINK_TOKEN,
        "kind": "login",
        "user_id": USER_ID,
        "email_id": EMAIL_ID,
        "expires_at": now + 3600,
        "code_challenge": None,
        "attributes": None,
        "spent": False,
    }
