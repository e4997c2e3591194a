"""/admin/users: accounts as the operator and admins manage them (GoTrue `api/admin.go`)."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from local.identity.arguments import ADMIN_USER, Arguments, read_arguments
from local.identity.authentication import audience, require_admin
from local.identity.endpoints.passwords import hashed
from local.identity.endpoints.signup import confirmed
from local.identity.errors import HTTPError
from local.identity.pagination import paginate
from local.identity.state.state import State, state_of
from local.identity.state.users import User, parse_user_id
from local.kit.store import merged

REFUSAL = "Could not decode admin user params"


async def list_users(request: Request) -> Response:
    """List users, newest first unless `sort=created_at asc`; `filter` is part of email or name."""
    claims = await require_admin(request)
    requested_audience = audience(request, claims)
    users = _sorted(request, state_of(request).users.in_audience(requested_audience))
    wanted = request.query_params.get("filter", "").lower()
    page, headers = paginate(request, [user for user in users if _mentions(user, wanted)])
    body = {"users": [user.public() for user in page], "aud": requested_audience}
    return JSONResponse(body, headers=headers)


async def create_user(request: Request) -> Response:
    """Create a user; `app_metadata` is not read, as in GoTrue, where it takes an update."""
    state = state_of(request)
    claims = await require_admin(request)
    arguments = await read_arguments(request, REFUSAL, ADMIN_USER)
    requested_audience = arguments.text("aud") or audience(request, claims)
    email = arguments.email("email")
    state.users.check_free(email, requested_audience)
    password = arguments.text("password")
    user = state.users.new(
        email,
        requested_audience,
        password_hash=hashed(password, "Error creating user") if password else "",
        user_metadata=arguments.mapping("user_metadata"),
    )
    user = replace(user, role=arguments.text("role").strip())
    if arguments.flag("confirm"):
        user = confirmed(user, state)
    return JSONResponse(state.users.save(user).public())


async def read_user(request: Request) -> Response:
    await require_admin(request)
    return JSONResponse(_addressed(request).public())


async def update_user(request: Request) -> Response:
    state = state_of(request)
    await require_admin(request)
    user = _addressed(request)
    arguments = await read_arguments(request, REFUSAL, ADMIN_USER)
    saved = state.users.save(_updated(user, arguments, state))
    told = await state.hooks.tell("usermodified", saved)
    if told != saved:
        _keep_metadata(told, state)
    return JSONResponse(told.public())


async def delete_user(request: Request) -> Response:
    """Delete the user and answer 200 with `{}`; an access token is valid until it expires."""
    state = state_of(request)
    await require_admin(request)
    user = _addressed(request)
    state.users.delete(user)
    await state.hooks.tell("userdeleted", user)
    return JSONResponse({})


def _sorted(request: Request, oldest_first: list[User]) -> list[User]:
    match request.query_params.get("sort", "created_at").lower().split(" ", 1):
        case ["created_at"] | ["created_at", "desc"]:
            return oldest_first[::-1]
        case ["created_at", "asc"]:
            return oldest_first
        case ["created_at", direction]:
            reason = f"bad direction for sort '{direction}', only 'asc' and 'desc' allowed"
        case [field, *_]:
            reason = f"bad field for sort '{field}'"
    raise HTTPError(400, f"Bad Sort Parameters: {reason}")


def _mentions(user: User, wanted: str) -> bool:
    full_name = str(user.metadata.get("full_name", ""))
    return wanted in user.email.lower() or wanted in full_name.lower()


def _keep_metadata(told: User, state: State) -> None:
    """Keep what the site has answered, of a user who may have changed since, or be gone."""
    if user := state.users.with_id(told.id):
        state.users.save(
            replace(user, app_metadata=told.app_metadata, user_metadata=told.user_metadata)
        )


async def require_addressed(request: Request) -> None:
    """Raise HTTPError unless an admin names a user who exists."""
    await require_admin(request)
    _addressed(request)


def _addressed(request: Request) -> User:
    """Return the user in the path; raises HTTPError 400 for no UUID and 404 for no user."""
    user_id = parse_user_id(request.path_params["user_id"])
    if user_id is None:
        raise HTTPError(400, "user_id must be an UUID")
    user = state_of(request).users.with_id(user_id)
    if user is None:
        raise HTTPError(404, "User not found")
    return user


def _updated(user: User, arguments: Arguments, state: State) -> User:
    """Apply the body; an address is set at once and unchecked, as in GoTrue."""
    user = replace(
        user,
        role=arguments.text("role").strip() or user.role,
        email=arguments.text("email") or user.email,
        app_metadata=merged(user.app_metadata, arguments.mapping("app_metadata") or {}),
        user_metadata=merged(user.metadata, arguments.mapping("user_metadata") or {}),
    )
    if arguments.text("password"):
        hash_ = hashed(arguments.text("password"), "Error updating user")
        user = replace(user, password_hash=hash_)
    return confirmed(user, state) if arguments.flag("confirm") else user
