"""Request bodies, read as Go's decoder reads them: absent and null are a field's zero value."""

from __future__ import annotations

import re

from starlette.requests import Request

from local.identity.errors import HTTPError
from local.kit.fields import Fields
from local.kit.json_body import InvalidBody, parse_object_as_go

LONGEST_ADDRESS = 255  # the width of GoTrue's column
_ADDRESS = re.compile(r'[^\s@<>",;:\\\[\]()]+@[^\s@<>",;:\\\[\]()]+')


class Arguments(Fields):
    """Fields with GoTrue's own check of addresses."""

    def email(self, name: str) -> str:
        """Return the address; raises HTTPError 422 when it is empty or not an address."""
        address = self.text(name)
        if not address:
            raise HTTPError(422, "An email address is required")
        if len(address) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(address):
            raise HTTPError(422, "Unable to validate email address: not of the form name@domain")
        return address


async def read_arguments(request: Request, refusal: str) -> Arguments:
    """Read the body's JSON object, whatever its content type says.

    `refusal` begins the message of HTTPError 400, for another body or a field of a wrong type.
    """
    try:
        return Arguments(parse_object_as_go(await request.body()), context=f"{refusal}: ")
    except InvalidBody as error:
        raise HTTPError(400, f"{refusal}: {error}") from error
