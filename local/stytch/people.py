"""The users of the project and their sessions, for the page of people."""

from __future__ import annotations

import base64

from starlette.types import ASGIApp

from local.kit.clock import rfc3339
from local.kit.own_call import own_call
from local.kit.people import Person, Session
from local.kit.store import Document
from local.stytch.state.state import State

ADMIN_ROLE = "admin"


class People:
    """Reads the state, and changes users by the API, with the project's credentials."""

    how_added = "invited by a mail"

    def __init__(self, app: ASGIApp, state: State) -> None:
        self._app = app
        self._state = state

    def people(self) -> list[Person]:
        return [self._person(user) for user in self._state.users.all()][::-1]

    def email_of(self, user_id: str) -> str | None:
        user = next((one for one in self._state.users.all() if one["user_id"] == user_id), None)
        return _email(user) or None if user else None

    async def add(self, email: str, name: str) -> None:
        first, _, last = name.partition(" ")
        body = {"email": email, "name": {"first_name": first, "last_name": last}}
        await self._ask("POST", "/v1/magic_links/email/invite", body)

    async def delete(self, user_id: str) -> None:
        await self._ask("DELETE", f"/v1/users/{user_id}")

    async def set_roles(self, user_id: str, roles: list[str]) -> None:
        await self._ask("PUT", f"/v1/users/{user_id}", {"roles": roles})

    def end_session(self, session_id: str) -> None:
        if session := self._state.sessions.with_id(session_id):
            self._state.sessions.revoke(session)

    def expire_session(self, session_id: str) -> None:
        if session := self._state.sessions.with_id(session_id):
            self._state.sessions.expire(session)

    async def _ask(self, method: str, path: str, body: Document | None = None) -> None:
        config = self._state.config
        secret = base64.b64encode(f"{config.project_id}:{config.secret}".encode()).decode()
        await own_call(self._app, method, path, {"Authorization": f"Basic {secret}"}, body)

    def _person(self, user: Document) -> Person:
        name = user["name"]
        roles = [*user["roles"], *(user["trusted_metadata"].get("roles") or ())]
        sessions = self._state.sessions.active_of(user["user_id"])
        return Person(
            id=user["user_id"],
            email=_email(user),
            name=" ".join(filter(None, (name["first_name"], name["last_name"]))),
            is_admin=ADMIN_ROLE in roles,
            is_confirmed=user["status"] == "active",
            sessions=[_session(session) for session in sessions],
        )


def _email(user: Document) -> str:
    return next((str(one["email"]) for one in user["emails"]), "")


def _session(session: Document) -> Session:
    return Session(
        session["session_id"], rfc3339(session["started_at"]), rfc3339(session["expires_at"])
    )
