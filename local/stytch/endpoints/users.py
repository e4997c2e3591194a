"""/v1/users: get, update, search and delete users."""

from __future__ import annotations

from local.store import Document
from local.stytch.errors import ErrorType, StytchError
from local.stytch.fields import Fields
from local.stytch.metadata import merge_metadata
from local.stytch.project import Project
from local.stytch.user_object import DEFAULT_ROLE, name_object
from local.stytch.user_search import search_users
from local.stytch.users import is_external_id


class UserEndpoints:
    def __init__(self, project: Project) -> None:
        self._project = project

    def get(self, fields: Fields) -> Document:
        """GET /v1/users/{user_id}: the user's fields at the top level."""
        return self._project.users.find(fields.text("user_id"))

    def update(self, fields: Fields) -> Document:
        """PUT /v1/users/{user_id}: what is sent changes; metadata is merged."""
        user = self._project.users.find(fields.text("user_id"))
        changed = user | self._changes(user, fields)
        self._project.users.save(changed)
        return {
            "user_id": changed["user_id"],
            "emails": changed["emails"],
            "phone_numbers": changed["phone_numbers"],
            "crypto_wallets": changed["crypto_wallets"],
            "user": changed,
        }

    def delete(self, fields: Fields) -> Document:
        """DELETE /v1/users/{user_id}: with the user go the sessions and the links."""
        user = self._project.users.find(fields.text("user_id"))
        self._project.sessions.forget(user["user_id"])
        self._project.links.forget(user["user_id"])
        self._project.users.delete(user)
        return {"user_id": user["user_id"]}

    def search(self, fields: Fields) -> Document:
        """POST /v1/users/search."""
        return search_users(self._project.users.all(), fields)

    def _changes(self, user: Document, fields: Fields) -> Document:
        changes: Document = {}
        for metadata in ("trusted_metadata", "untrusted_metadata"):
            update = fields.mapping(metadata)
            if update is not None:
                changes[metadata] = merge_metadata(user[metadata], update)
        name = fields.nested("name")
        if name is not None:
            changes["name"] = name_object(name)
        roles = fields.texts("roles")
        if roles is not None:
            changes["roles"] = [DEFAULT_ROLE, *(role for role in roles if role != DEFAULT_ROLE)]
        external_id = fields.optional_text("external_id")
        if external_id is not None:
            changes["external_id"] = self._free_external_id(external_id, user)
        return changes

    def _free_external_id(self, external_id: str, user: Document) -> str:
        if not is_external_id(external_id):
            raise StytchError(ErrorType.INVALID_ARGUMENT, "external_id format is invalid.")
        owners = (one for one in self._project.users.all() if one["external_id"] == external_id)
        if any(owner["user_id"] != user["user_id"] for owner in owners):
            raise StytchError(ErrorType.DUPLICATE_USER_EXTERNAL_ID)
        return external_id
