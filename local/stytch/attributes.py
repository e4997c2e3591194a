"""What a call says about the end user's device: `attributes`, to be compared and shown."""

from __future__ import annotations

from local.store import Document
from local.stytch.errors import ErrorType, StytchError
from local.stytch.fields import Fields


def read_attributes(fields: Fields) -> Document | None:
    """`ip_address` and `user_agent`, empty where not sent; None without `attributes`."""
    sent = fields.nested("attributes")
    if sent is None:
        return None
    return {name: sent.optional_text(name) or "" for name in ("ip_address", "user_agent")}


def check_match(stored: Document | None, sent: Document | None, options: Fields | None) -> None:
    """Raises `attribute_mismatch` where the call's `options` want the same value and it is not."""
    for option, attribute in (
        ("ip_match_required", "ip_address"),
        ("user_agent_match_required", "user_agent"),
    ):
        required = options is not None and options.flag(option)
        if required and (stored or {}).get(attribute) != (sent or {}).get(attribute):
            raise StytchError(ErrorType.ATTRIBUTE_MISMATCH)
