"""Stytch's own records of its users."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from shared.auth.principal import Principal, make_principal
from shared.auth.provider_record import NO_SUCH_USER, ProviderRecord
from shared.auth.stytch import api
from shared.auth.stytch.session import Json, full_name
from shared.errors import StytchUnavailable


def find(user_id: str) -> ProviderRecord:
    """The record of a user (`GET /v1/users/{user_id}`); raises StytchUnavailable."""
    answer = api.call("GET", f"/v1/users/{quote(user_id, safe='')}")
    if answer.status == 200 and answer.body.get("user_id") == user_id:
        return ProviderRecord(exists=True, person=person_of(answer.body))
    if answer.status == 404 and answer.body.get("error_type") == "user_not_found":
        return NO_SUCH_USER
    raise StytchUnavailable


def person_of(user: Json) -> Principal | None:
    """The person of a record; None where no address is verified. Raises StytchUnavailable."""
    try:
        email = next((str(entry["email"]) for entry in _emails(user) if entry["verified"]), None)
        if email is None:
            return None
        metadata = user.get("trusted_metadata") or {}
        roles = (user.get("roles"), metadata.get("roles"))
        name = full_name(user)
        return make_principal("stytch", user["user_id"], email, name, roles, confirmed=True)
    except (KeyError, TypeError, AttributeError):
        raise StytchUnavailable from None


def _emails(user: Json) -> list[Any]:
    return list(user.get("emails") or ())
