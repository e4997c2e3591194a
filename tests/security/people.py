"""People at both providers, made in the emulators' own stores, and tokens of every kind.

The stores are files, and this writes to them beside the running emulators: no call is needed, and
whatever the real providers could have signed can be signed here.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, NamedTuple

import jwt

from local.identity import IdentityConfig
from local.identity.state.users import Users as IdentityUsers
from local.identity.tokens import access_token, operator_token
from local.kit.clock import Clock
from local.kit.outbox import Outbox
from local.kit.store import Store
from local.settings import LOCAL_IDENTITY_SECRET, LOCAL_PROJECT_ID, LOCAL_STYTCH_SECRET
from local.stytch import StytchConfig
from local.stytch.state.objects import email_link_factor
from local.stytch.state.state import open_state
from tests.security.tokens import base64url, hs256

Json = dict[str, Any]
Provider = Literal["netlify", "stytch"]


class Person(NamedTuple):
    """Somebody at a provider, with what they sign in with: for Stytch both tokens of a session."""

    provider: Provider
    id: str
    email: str
    jwt: str
    token: str = ""

    @property
    def principal_id(self) -> str:
        return f"{self.provider}:{self.id}"


class People:
    """Makes people, and takes their accounts, roles and sessions away."""

    def __init__(
        self,
        stytch_store: Path,
        identity_store: Path,
        site_url: str,
        mark_deleted: Callable[[Person], None],
    ) -> None:
        """`mark_deleted` marks an account in the database of the site."""
        clock = Clock()
        config = StytchConfig(LOCAL_PROJECT_ID, LOCAL_STYTCH_SECRET, (f"{site_url}/landing",))
        self._stores = (Store(stytch_store), Store(identity_store))
        outbox = Outbox(self._stores[0], clock)
        self._stytch = open_state(config, self._stores[0], outbox, clock)
        self._identity = IdentityUsers(self._stores[1], clock)
        self._identity_config = IdentityConfig(site_url, LOCAL_IDENTITY_SECRET)
        self._clock = clock
        self.mark_deleted = mark_deleted

    def close(self) -> None:
        for store in self._stores:
            store.close()

    def new(self, provider: Provider, *roles: str) -> Person:
        """A new person with these roles, who has just signed in."""
        email = f"{uuid.uuid4().hex}@example.com"
        if provider == "netlify":
            return self._netlify_user(email, roles)
        return self._stytch_user(email, roles)

    def take_roles(self, person: Person) -> None:
        """The provider takes all roles away; tokens that name them stay as they are."""
        if person.provider == "netlify":
            user = self._identity.with_id(person.id)
            assert user
            user.app_metadata["roles"] = []
            self._identity.save(user)
        else:
            changed = self._stytch.users.find(person.id) | {"trusted_metadata": {}}
            self._stytch.users.save(changed)

    def remove(self, person: Person) -> None:
        """The provider removes the person, with all sessions."""
        if person.provider == "netlify":
            user = self._identity.with_id(person.id)
            assert user
            self._identity.delete(user)
        else:
            self._stytch.sessions.forget(person.id)
            self._stytch.users.delete(self._stytch.users.find(person.id))

    def end_session(self, person: Person) -> None:
        """Stytch revokes the session."""
        self._stytch.sessions.forget(person.id)

    def claims(self, person: Person) -> Json:
        """The claims of the person's JWT."""
        return jwt.decode(person.jwt, options={"verify_signature": False})

    def operator_token(self) -> str:
        """The token with which Netlify lets a function use Identity's admin API."""
        return operator_token(self._identity_config, self._clock)

    def identity_token(self, person: Person, **changes: Any) -> str:
        """An Identity access token with other claims; None takes a claim out."""
        claims = _changed(self.claims(person), changes)
        return jwt.encode(claims, LOCAL_IDENTITY_SECRET, algorithm="HS256")

    def session_jwt(self, person: Person, *, kid: str | None = None, **changes: Any) -> str:
        """A session JWT with other claims, signed by Stytch's own key; None takes a claim out."""
        key = self._stytch.keys.current()
        claims = self.claims(person)
        header = {"alg": "RS256", "typ": "JWT", "kid": kid or key.kid}
        parts = [base64url(json.dumps(part)) for part in (header, _changed(claims, changes))]
        signature = jwt.get_algorithm_by_name("RS256").sign(".".join(parts).encode(), key.private)
        return ".".join([*parts, base64url(signature)])

    def confused_jwt(self, person: Person) -> str:
        """The claims, signed by HS256 with Stytch's public key as the secret."""
        public = self._stytch.keys.jwks()[-1]
        return hs256(self.claims(person), json.dumps(public).encode(), kid=public["kid"])

    def access_token(self, kind: Literal["m2m", "connected_app"], person: Person) -> str:
        """A token of another product of Stytch's, signed with the key of the sessions."""
        return self._stytch.tokens.access_token(kind, person.id, "openid")

    def _netlify_user(self, email: str, roles: tuple[str, ...]) -> Person:
        user = self._identity.new(
            email, "", password_hash="", user_metadata={"full_name": "Lin Chen"}
        )
        user.app_metadata["roles"] = list(roles)
        user = self._identity.save(replace(user, confirmed_at=user.created_at))
        token = access_token(user, self._identity_config, self._clock)
        return Person("netlify", user.id, email, token)

    def _stytch_user(self, email: str, roles: tuple[str, ...]) -> Person:
        users, sessions = self._stytch.users, self._stytch.sessions
        user = users.create(email, "active")
        email_id = user["emails"][0]["email_id"]
        user = users.confirm(user["user_id"], email_id) | {
            "trusted_metadata": {"roles": list(roles)}
        }
        users.save(user)
        factor = email_link_factor(email_id, email, self._clock.timestamp())
        session = sessions.start(user["user_id"], 60, {}, factor=factor, attributes=None)
        token = self._stytch.tokens.session_jwt(session, user["roles"])
        return Person("stytch", user["user_id"], email, token, session["token"])


def _changed(claims: Json, changes: Json) -> Json:
    return {name: value for name, value in (claims | changes).items() if value is not None}
