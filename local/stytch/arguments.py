"""The arguments of one call."""

from __future__ import annotations

import re
from collections.abc import Iterable

from starlette.requests import Request

from local.kit.fields import Fields
from local.kit.json_body import parse_object
from local.stytch.errors import ErrorType, StytchError

_EMAIL = re.compile(r"[^@\s\x00-\x1f]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+")


class Arguments(Fields):
    """Fields with Stytch's own checks; one that is missing or mistyped is `invalid_argument`."""

    def email(self, name: str) -> str:
        """Return the address in lower case; raises `invalid_email`."""
        address = self.required_text(name).lower()
        if len(address) > 254 or not _EMAIL.fullmatch(address):
            raise StytchError(ErrorType.INVALID_EMAIL)
        return address

    def only(self, names: Iterable[str]) -> Arguments:
        """Return the arguments of these names, without all others."""
        return Arguments({name: self.value(name) for name in names})

    def at_most_one_of(self, names: tuple[str, ...], too_many: ErrorType) -> str | None:
        """Return the one of these names that was sent; raises `too_many` for several."""
        sent = [name for name in names if name in self]
        if len(sent) > 1:
            raise StytchError(too_many)
        return sent[0] if sent else None


async def read_arguments(request: Request) -> Arguments:
    """Read body (or query) and path; raises InvalidBody, which is answered `bad_request`."""
    raw = await request.body()
    values = parse_object(raw) if raw else dict(request.query_params)
    return Arguments({**values, **request.path_params})
