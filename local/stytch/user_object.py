"""The user object of Stytch's replies (https://stytch.com/docs/api/user-object)."""

from __future__ import annotations

from typing import Literal

from local.store import Document
from local.stytch.fields import Fields

UserStatus = Literal["pending", "active"]
DEFAULT_ROLE = "stytch_user"


def user_object(user_id: str, email: Document, status: UserStatus, created_at: str) -> Document:
    """A user with one e-mail and nothing else yet."""
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
    """An address that its owner has not proven yet."""
    return {"email_id": email_id, "email": email, "verified": False}


def name_object(name: Fields) -> Document:
    """A name as sent, its missing parts empty."""
    parts = ("first_name", "middle_name", "last_name")
    return {part: name.optional_text(part) or "" for part in parts}
