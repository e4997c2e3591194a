"""/admin/users: accounts as the operator and admins manage them (GoTrue `api/admin.go`)."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from local.identity.addresses import free_address
from local.identity.authentication import admin, audience
from local.identity.errors import HTTPError
from local.identity.instance import Instance, instance_of
from local.identity.pages import page_of
from local.identity.params import Params, read_params
from local.identity.passwords import hash_password
from local.identity.signup import confirmed
from local.identity.users import User, merged, parse_user_id

REFUSAL = "Could not decode admin user params"


async def list_users(request: Request) -> Response:
    """Newest first unless `sort=created_at asc`; `filter` is looked for in address and name."""
    admin(request)
    requested_audience = audience(request)
    users = _sorted(request, instance_of(request).users.in_audience(requested_audience))
    wanted = request.query_params.get("filter", "").lower()
    page, headers = page_of(request, [user for user in users if _mentions(user, wanted)])
    body = {"users": [user.public() for user in page], "aud": requested_audience}
    return JSONResponse(body, headers=headers)


async def create_user(request: Request) -> Response:
    """`app_metadata` is not read, as in GoTrue: it takes an update."""
    instance = instance_of(request)
    creator = admin(request)
    params = await read_params(request, REFUSAL)
    requested_audience = params.text("aud") or audience(request)
    email = free_address(request, params.text("email"), requested_audience)
    password = params.text("password")
    user = instance.users.create(
        email,
        requested_audience,
        password_hash=hash_password(password) if password else "",
        user_metadata=params.mapping("user_metadata"),
    )
    user = replace(user, role=params.text("role").strip())
    if params.flag("confirm"):
        user = confirmed(user, instance)
    user = instance.users.save(user)
    instance.audit.record(creator, "user_signedup", upon=user)
    return JSONResponse(user.public())


async def read_user(request: Request) -> Response:
    admin(request)
    return JSONResponse(_addressed(request).public())


async def update_user(request: Request) -> Response:
    instance = instance_of(request)
    editor = admin(request)
    user = _addressed(request)
    params = await read_params(request, REFUSAL)
    user = instance.users.save(_updated(user, params, instance))
    instance.audit.record(editor, "user_modified", upon=user)
    return JSONResponse(user.public())


async def delete_user(request: Request) -> Response:
    """Answers 200 with `{}`; the user's access token stays valid until it expires."""
    instance = instance_of(request)
    deleter = admin(request)
    user = _addressed(request)
    instance.audit.record(deleter, "user_deleted", upon=user)
    instance.users.delete(user)
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
    full_name = str(user.user_metadata.get("full_name", ""))
    return wanted in user.email.lower() or wanted in full_name.lower()


def _addressed(request: Request) -> User:
    """The user in the path, with or without braces; HTTPError 400 for no UUID, 404 for no user."""
    id = parse_user_id(request.path_params["user_id"])
    if id is None:
        raise HTTPError(400, "user_id must be an UUID")
    user = instance_of(request).users.with_id(id)
    if user is None:
        raise HTTPError(404, "User not found")
    return user


def _updated(user: User, params: Params, instance: Instance) -> User:
    """An address is set as it is, at once and unchecked, as in GoTrue."""
    user = replace(
        user,
        role=params.text("role").strip() or user.role,
        email=params.text("email") or user.email,
        app_metadata=merged(user.app_metadata, params.mapping("app_metadata") or {}),
        user_metadata=merged(user.user_metadata, params.mapping("user_metadata") or {}),
    )
    if params.text("password"):
        user = replace(user, password_hash=hash_password(params.text("password")))
    return confirmed(user, instance) if params.flag("confirm") else user
