"""`/_admin`: the common controls, and those that only Stytch needs."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from local.kit.admin import COMMON_CONTROLS, Control, read_fields
from local.stytch.ids import new_id
from local.stytch.state.state import state_of


async def rotate_keys(request: Request) -> Response:
    """Sign with a new key from now on; the old one stays published for a month."""
    return JSONResponse({"kid": state_of(request).keys.rotate()})


async def mint_access_token(request: Request) -> Response:
    """Make a token that is not a session's: same key, issuer and audience, no session claim."""
    state, fields = state_of(request), await read_fields(request)
    scope = fields.text("scope") or "openid"
    match fields.required_text("kind"):
        case "m2m":
            token = state.tokens.access_token("m2m", new_id("m2m-client"), scope)
        case "connected_app":
            user = state.users.find(fields.required_text("user_id"))
            token = state.tokens.access_token("connected_app", user["user_id"], scope)
        case _:
            raise fields.invalid("kind", "must be m2m or connected_app")
    return JSONResponse({"access_token": token})


async def reset(request: Request) -> Response:
    """Forget users, links, sessions and faults, and return to the machine's time."""
    state_of(request).clear()
    return JSONResponse({})


CONTROLS = (
    *COMMON_CONTROLS,
    Control("POST", "/keys", rotate_keys, {}),
    Control(
        "POST",
        "/tokens",
        mint_access_token,
        {
            "kind": "m2m | connected_app",
            "user_id": "string, the subject of a connected app's token",
            "scope": "string, space-separated; openid when absent",
        },
    ),
    Control("POST", "/reset", reset, {}),
)
