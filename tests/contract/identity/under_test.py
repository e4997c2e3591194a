"""Which server the suite runs against, and what differs between the two for a reason.

A test of a difference says which: there is one of what the emulator does, and where it can be shown
one of what GoTrue does.
"""

from __future__ import annotations

import os
from typing import NamedTuple

import pytest

IS_GOTRUE = os.environ.get("IDENTITY_UNDER_TEST") == "gotrue"
IS_LIVE = os.environ.get("IDENTITY_UNDER_TEST") == "live"
IS_EMULATOR = not (IS_GOTRUE or IS_LIVE)

# What a test uses that Identity itself does not give to it.
_MAILS = "its mails cannot be read"
_SECRET = "nobody knows its secret"
LIVE_NEEDS = {
    "mails": _MAILS,
    "mailed_token": _MAILS,
    "advance": "its clock cannot be moved",
    "secret": _SECRET,
    "signed": _SECRET,
    "receiver": "its configuration stays as it is",
    "identity_admin": "our functions know no other addresses than the test's",
}


class Difference(NamedTuple):
    """What the emulator does, what GoTrue does in its place, and why it stays so."""

    here: str
    gotrue: str
    reason: str


RATE_LIMIT = Difference(
    "30 passwords in 5 minutes for each address, then 429",
    "the same for each value of a header that its operator chooses; none without that setting",
    "there is one caller on this machine, and a front end should see a 429",
)
EMPTY_PASSWORD = Difference(
    "an account that an admin made without a password takes no password",
    "it takes the empty one",
    "nobody should rely on it",
)
INVITATION_ENDS = Difference(
    "an invitation ends after the 7 days that its mail names",
    "it never ends: no date is checked",
    "the mail is the promise",
)
LONG_ADDRESS = Difference(
    "an address of more than 255 characters is refused with 422",
    "500, since it does not fit its database",
    "a fault of its server; our functions treat both as a refusal or a failure",
)
ZERO_PER_PAGE = Difference(
    "`per_page=0` is refused with 400",
    "the request panics, and the connection is closed without an answer",
    "a fault of its server",
)
BODY_OF_GET = Difference(
    "a body of `GET /admin/users` is not read",
    "the request panics, and the connection is closed without an answer",
    "a fault of its server",
)
FRACTIONS = Difference(
    "times are whole seconds",
    "in the answer to a write they have fractions, which its database then rounds",
    "both are RFC 3339",
)
CLIENT_HEADER = Difference(
    "another origin may send `X-Nf-Client`",
    "a preflight that asks for it allows nothing",
    "Netlify's own clients send it (@netlify/identity 2)",
)
DEEP_JSON = Difference(
    "`data` nested in more than 100 levels is refused with 400",
    "500, since its database takes no more",
    "a fault of its server",
)
UNREADABLE = Difference(
    "the reason why JSON, an address or a token cannot be read is in our own words",
    "in the words of Go's libraries",
    "what stands before the reason is the same, and nobody can act on the rest",
)
DIFFERENCES = [one for one in globals().copy().values() if isinstance(one, Difference)]

# Why a test does not apply to Identity itself.
ADMIN = "whoever operates it is one of its users"
MADE_BY_ADMIN = "an admin makes the users, since its mails cannot be read"
OTHERS = "others are users of the site"


def only_emulator(what: str) -> pytest.MarkDecorator:
    """A test of something that a real server does not have."""
    return pytest.mark.skipif(not IS_EMULATOR, reason=f"not applicable to GoTrue: {what}")


def not_live(what: str) -> pytest.MarkDecorator:
    """A test of something that a site of Netlify's does not give to its owner."""
    return pytest.mark.skipif(IS_LIVE, reason=f"not applicable to Identity itself: {what}")


def here(difference: Difference) -> pytest.MarkDecorator:
    """A test of the emulator's side of a difference."""
    return pytest.mark.skipif(not IS_EMULATOR, reason=f"differs: {difference.here}")


def at_gotrue(difference: Difference) -> pytest.MarkDecorator:
    """A test of GoTrue's side of a difference."""
    return pytest.mark.skipif(not IS_GOTRUE, reason=f"differs at GoTrue: {difference.gotrue}")
