"""Identifiers and secrets in Stytch's forms."""

from __future__ import annotations

import base64
import re
import secrets
import uuid

_UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def new_id(noun: str) -> str:
    """Such as `user-test-<uuid4>`."""
    return f"{noun}-test-{uuid.uuid4()}"


def is_id(noun: str, text: str) -> bool:
    return re.fullmatch(rf"{noun}-(test|live)-{_UUID}", text) is not None


def new_link_token() -> str:
    """32 random bytes in padded base64url: 44 characters."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def is_link_token(text: str) -> bool:
    return re.fullmatch(r"[A-Za-z0-9_-]{43}=", text) is not None


def new_session_token() -> str:
    """33 random bytes in base64url: 44 characters."""
    return secrets.token_urlsafe(33)


def is_session_token(text: str) -> bool:
    return re.fullmatch(r"[A-Za-z0-9_-]{44}", text) is not None
