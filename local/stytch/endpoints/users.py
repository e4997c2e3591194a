"""/v1/users: read, update, search and delete users."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from local.kit.store import Document
from local.stytch.arguments import Arguments, read_arguments
from local.stytch.endpoints.user_search import search_users
from local.stytch.errors import ErrorType, StytchError
from local.stytch.replies import reply
from local.stytch.state.objects import DEFAULT_ROLE, name_object
from local.stytch.state.state import State, state_of
from local.stytch.state.users import Users, is_external_id, merge_metadata


async def read_user(request: Request) -> Response:
    """GET /v1/users/{user_id}: return the user's fields at the top level."""
    return reply(state_of(request).users.find(request.path_params["user_id"]))


async def update_user(request: Request) -> Response:
    """PUT /v1/users/{user_id}."""
    state, arguments = state_of(request), await read_arguments(request)
    changed = change_user(state, state.users.find(request.path_params["user_id"]), arguments)
    return reply(
        {
            "user_id": changed["user_id"],
            "emails": changed["emails"],
            "phone_numbers": changed["phone_numbers"],
            "crypto_wallets": changed["crypto_wallets"],
            "user": changed,
        }
    )


def change_user(state: State, user: Document, arguments: Arguments) -> Document:
    """Change what is sent, metadata by merging; returns the changed user."""
    changed = user | _changes(user, arguments, state.users)
    state.users.save(changed)
    state.webhooks.tell("UPDATE", changed)
    return changed


async def delete_user(request: Request) -> Response:
    """DELETE /v1/users/{user_id}: delete the user with all sessions and links."""
    state = state_of(request)
    user = state.users.find(request.path_params["user_id"])
    state.delete_user(user)
    state.webhooks.tell("DELETE", user)
    return reply({"user_id": user["user_id"]})


async def search(request: Request) -> Response:
    """POST /v1/users/search: return the users that match a query."""
    return reply(search_users(state_of(request).users.all(), await read_arguments(request)))


def _changes(user: Document, arguments: Arguments, users: Users) -> Document:
    changes: Document = {}
    for metadata in ("trusted_metadata", "untrusted_metadata"):
        update = arguments.mapping(metadata)
        if update is not None:
            changes[metadata] = merge_metadata(user[metadata], update)
    name = arguments.nested("name")
    if name is not None:
        changes["name"] = name_object(name)
    roles = arguments.texts("roles")
    if roles is not None:
        changes["roles"] = [DEFAULT_ROLE, *(role for role in roles if role != DEFAULT_ROLE)]
    external_id = arguments.optional_text("external_id")
    if external_id is not None:
        _check_external_id(external_id, user, users)
        changes["external_id"] = external_id
    return changes


def _check_external_id(external_id: str, user: Document, users: Users) -> None:
    if not is_external_id(external_id):
        raise StytchError(ErrorType.INVALID_ARGUMENT, "external_id format is invalid.")
    owners = (one for one in users.all() if one["external_id"] == external_id)
    if any(owner["user_id"] != user["user_id"] for owner in owners):
        raise StytchError(ErrorType.DUPLICATE_USER_EXTERNAL_ID)
