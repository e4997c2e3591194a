"""Request bodies, each a struct of GoTrue, and its check of addresses."""

from __future__ import annotations

import re

from starlette.requests import Request

from local.identity import go_json
from local.identity.errors import HTTPError
from local.identity.go_json import Struct
from local.kit.fields import Fields
from local.kit.json_body import InvalidBody

SIGNUP = Struct("SignupParams", {"email": str, "password": str, "data": dict})
INVITE = Struct("InviteParams", {"email": str, "data": dict})
VERIFY = Struct("VerifyParams", {"type": str, "token": str, "password": str})
RECOVER = Struct("RecoverParams", {"email": str})
USER_UPDATE = Struct(
    "UserUpdateParams",
    {"email": str, "password": str, "email_change_token": str, "data": dict, "app_metadata": dict},
)
ADMIN_CHECK = Struct("adminCheckParams", {"aud": str})
ADMIN_USER = Struct(
    "adminUserParams",
    {
        "aud": str,
        "role": str,
        "email": str,
        "password": str,
        "confirm": bool,
        "user_metadata": dict,
        "app_metadata": dict,
    },
)

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


async def read_arguments(request: Request, refusal: str, struct: Struct) -> Arguments:
    """Read the body's JSON into the struct, whatever its content type says.

    `refusal` begins the message of HTTPError 400, for another body or a field of a wrong type.
    """
    try:
        return Arguments(go_json.decode(await request.body(), struct))
    except InvalidBody as error:
        raise HTTPError(400, f"{refusal}: {error}") from error
