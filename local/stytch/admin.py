"""`/_admin`: the common controls, and those that only Stytch needs."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from local.kit.admin import COMMON_CONTROLS, Control, read_fields
from local.stytch.ids import new_id
from local.stytch.state.objects import name_object
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


async def change_user(request: Request) -> Response:
    """Give a user another name, as somebody does on Stytch's dashboard."""
    state, fields = state_of(request), await read_fields(request)
    user = state.users.find(request.path_params["user_id"])
    changed = user | {"name": name_object(fields)}
    state.users.save(changed)
    state.webhooks.tell("UPDATE", changed, "DASHBOARD")
    return JSONResponse(changed)


async def delete_user(request: Request) -> Response:
    """Delete a user, as somebody does on Stytch's dashboard."""
    state = state_of(request)
    user = state.users.find(request.path_params["user_id"])
    state.delete_user(user)
    state.webhooks.tell("DELETE", user, "DASHBOARD")
    return JSONResponse({})


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
    Control(
        "PUT",
        "/users/{user_id}",
        change_user,
        {"first_name": "string", "middle_name": "string", "last_name": "string"},
    ),
    Control("DELETE", "/users/{user_id}", delete_user, {}),
    Control("POST", "/reset", reset, {}),
)
