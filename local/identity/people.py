"""The accounts of the site's Identity, for the page of people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from starlette.types import ASGIApp

from local.identity.state.demo_users import DEMO_PASSWORD
from local.identity.state.refresh_tokens import RefreshToken
from local.identity.state.state import State
from local.identity.state.users import ADMIN_ROLE, User
from local.identity.tokens import operator_token
from local.kit.clock import rfc3339
from local.kit.own_call import own_call
from local.kit.people import Person, Session


class People:
    """Reads the state, and changes users by the admin API, as the site's operator.

    A session is a refresh token that has not been used; GoTrue has no name for it.
    """

    how_added = f"confirmed, with the password {DEMO_PASSWORD}"

    def __init__(self, app: ASGIApp, state: State) -> None:
        self._app = app
        self._state = state

    def people(self) -> list[Person]:
        users = self._state.users.in_audience(self._state.config.audience)
        return [self._person(user) for user in reversed(users)]

    def email_of(self, user_id: str) -> str | None:
        user = self._state.users.with_id(user_id)
        return user.email if user else None

    async def add(self, email: str, name: str) -> None:
        metadata = {"full_name": name} if name else {}
        body = {
            "email": email,
            "password": DEMO_PASSWORD,
            "confirm": True,
            "user_metadata": metadata,
        }
        await self._ask("POST", "/admin/users", body)

    async def delete(self, user_id: str) -> None:
        await self._ask("DELETE", f"/admin/users/{user_id}")

    async def set_roles(self, user_id: str, roles: list[str]) -> None:
        await self._ask("PUT", f"/admin/users/{user_id}", {"app_metadata": {"roles": roles}})

    def end_session(self, session_id: str) -> None:
        if token := self._state.refresh_tokens.with_id(session_id):
            self._state.refresh_tokens.revoke(token)

    def expire_session(self, session_id: str) -> None:
        if token := self._state.refresh_tokens.with_id(session_id):
            lifetime = self._state.config.refresh_token_seconds
            self._state.refresh_tokens.make_older(token, lifetime + 1)

    async def _ask(self, method: str, path: str, body: dict[str, object] | None = None) -> None:
        token = operator_token(self._state.config, self._state.clock)
        await own_call(self._app, method, path, {"Authorization": f"Bearer {token}"}, body)

    def _person(self, user: User) -> Person:
        return Person(
            id=user.id,
            email=user.email,
            name=str(user.metadata.get("full_name", "")),
            is_admin=ADMIN_ROLE in (user.app_metadata.get("roles") or ()),
            is_confirmed=bool(user.confirmed_at),
            sessions=[
                session
                for token in self._state.refresh_tokens.unused_of(user.id)
                if (session := self._session(token)).expires_at > self._state.clock.timestamp()
            ],
        )

    def _session(self, token: RefreshToken) -> Session:
        started = datetime.fromisoformat(token.created_at)
        ends = started + timedelta(seconds=self._state.config.refresh_token_seconds)
        return Session(token.id, token.created_at, rfc3339(ends.astimezone(UTC).timestamp()))
