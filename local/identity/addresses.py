"""Which addresses may have an account."""

from __future__ import annotations

import re

from starlette.requests import Request

from local.identity.errors import HTTPError
from local.identity.instance import instance_of

LONGEST = 255  # the width of GoTrue's column
_ADDRESS = re.compile(r'[^\s@<>",;:\\\[\]()]+@[^\s@<>",;:\\\[\]()]+')


def checked_address(email: str) -> str:
    """`email` itself; raises HTTPError 422 when it is empty or no address."""
    if not email:
        raise HTTPError(422, "An email address is required")
    if len(email) > LONGEST or not _ADDRESS.fullmatch(email):
        raise HTTPError(422, "Unable to validate email address: not of the form name@domain")
    return email


def free_address(request: Request, email: str, audience: str) -> str:
    """`email` itself; raises HTTPError 422 when it is no address or somebody has it."""
    if instance_of(request).users.with_email(checked_address(email), audience):
        raise HTTPError(422, "Email address already registered by another user")
    return email
