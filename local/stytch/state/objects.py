"""The objects of Stytch's replies: users, sessions and their parts.

Sources: https://stytch.com/docs/api/user-object, https://stytch.com/docs/api/session-object.
"""

from __future__ import annotations

from typing import Literal

from local.kit.clock import rfc3339
from local.kit.fields import Fields
from local.kit.store import Document

UserStatus = Literal["pending", "active"]
DEFAULT_ROLE = "stytch_user"


def user_object(user_id: str, email: Document, status: UserStatus, created_at: str) -> Document:
    """Make a user with one e-mail and nothing else yet."""
    return {
        "user_id": user_id,
        "emails": [email],
        "status": status,
        "phone_numbers": [],
        "webauthn_registrations": [],
        "providers": [],
        "totps": [],
        "crypto_wallets": [],
        "biometric_registrations": [],
        "is_locked": False,
        "roles": [DEFAULT_ROLE],
        "name": name_object(Fields({})),
        "created_at": created_at,
        "password": None,
        "trusted_metadata": {},
        "untrusted_metadata": {},
        "external_id": None,
        "lock_created_at": None,
        "lock_expires_at": None,
    }


def email_object(email_id: str, email: str) -> Document:
    """Make an address that its owner has not proven yet."""
    return {"email_id": email_id, "email": email, "verified": False}


def name_object(name: Fields) -> Document:
    """Make a name of what was sent; missing parts are empty."""
    return {part: name.text(part) for part in ("first_name", "middle_name", "last_name")}


def session_object(session: Document, roles: list[str]) -> Document:
    """Show a stored session."""
    return {
        "session_id": session["session_id"],
        "user_id": session["user_id"],
        "authentication_factors": session["authentication_factors"],
        "roles": roles,
        "started_at": rfc3339(session["started_at"]),
        "last_accessed_at": rfc3339(session["last_accessed_at"]),
        "expires_at": rfc3339(session["expires_at"]),
        "attributes": session["attributes"],
        "custom_claims": session["custom_claims"] or None,
    }


def email_link_factor(email_id: str, email: str, timestamp: str) -> Document:
    """Make the factor that an e-mail magic link is when it is used."""
    return {
        "type": "magic_link",
        "delivery_method": "email",
        "last_authenticated_at": timestamp,
        "created_at": timestamp,
        "updated_at": timestamp,
        "email_factor": {"email_id": email_id, "email_address": email},
    }
