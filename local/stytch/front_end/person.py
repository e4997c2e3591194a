"""/sdk/v1/users/me: the user whose session the page has."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from local.stytch.arguments import read_arguments
from local.stytch.endpoints.users import change_user
from local.stytch.front_end.caller import own_user
from local.stytch.front_end.replies import data_reply
from local.stytch.state.state import state_of

_OWN_TO_CHANGE = ("name", "untrusted_metadata")


async def read(request: Request) -> Response:
    return data_reply(own_user(request))


async def update(request: Request) -> Response:
    """Change the name and the metadata that are the user's own to change."""
    sent = (await read_arguments(request)).only(_OWN_TO_CHANGE)
    changed = change_user(state_of(request), own_user(request), sent)
    return data_reply({"user_id": changed["user_id"], "__user": changed})
