"""Which Stytch the suite runs against: the emulator, or a test project (`live`)."""

from __future__ import annotations

import os

import pytest

IS_LIVE = os.environ.get("STYTCH_UNDER_TEST") == "live"

# What a test uses that Stytch itself does not give to it.
NEEDS = {
    "start_emulator": "its configuration stays as it is",
    "admin": "it has no such controls",
    "advance": "its clock cannot be moved",
    "mails": "its mails cannot be read",
    "newest_token": "its mails cannot be read",
    "mailed_token": "its mails cannot be read",
    "pkce_token": "its mails cannot be read",
}
FRONT_END = "a project must allow the page first, and its calls are those of an SDK in a browser"
OTHERS = "others may be in the project"
PASSWORD = "the session begins with a password"
ROLES = "a project must define its roles first"


def only_emulator(what: str) -> pytest.MarkDecorator:
    """A test of something that a real project does not have."""
    return pytest.mark.skipif(IS_LIVE, reason=f"not applicable to Stytch itself: {what}")
