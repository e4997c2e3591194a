"""Stytch itself, in the emulator's place: a test project, by the official SDK."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests
import stytch
from stytch.core.response_base import StytchError

from tests.live.accounts import StytchProject
from tests.live.traffic import MARK, Addresses, live_session

ITERATIONS = 10_000  # of PBKDF2: the password is random, of 32 bytes, and lives for one run


class LiveStytch:
    """What a test may ask of the project. The rest of the emulator is not here."""

    def __init__(self, project: StytchProject) -> None:
        self.base_url = project.url
        self.project_id = project.project_id
        self.secret = project.secret
        self.addresses = Addresses(project.mailbox)
        self._password = secrets.token_urlsafe(32)

    def client(self, secret: str | None = None) -> stytch.Client:
        return stytch.Client(
            self.project_id,
            secret or self.secret,
            environment=f"{self.base_url}/",
            suppress_warnings=True,
            sync_session=live_session(self.addresses),
        )

    def call(self, method: str, path: str, **options: Any) -> requests.Response:
        """A raw call with good credentials."""
        with live_session(self.addresses) as session:
            auth = (self.project_id, self.secret)
            return session.request(method, self.base_url + path, auth=auth, **options)

    def sign_in(self, email: str = "ada@example.com") -> Any:
        """A session of an hour for this new address: with a password, as no mail can be read."""
        self.add_user(email)
        return self.session_of(email)

    def add_user(self, email: str, **trusted_metadata: Any) -> None:
        """A user whose address counts as verified, which only a link or a migration can make."""
        salt = secrets.token_bytes(16)
        derived = hashlib.pbkdf2_hmac("sha256", self._password.encode(), salt, ITERATIONS)
        self.client().passwords.migrate(
            email,
            base64.b64encode(derived).decode(),
            "pbkdf_2",
            pbkdf_2_config={
                "salt": base64.b64encode(salt).decode(),
                "iteration_amount": ITERATIONS,
                "key_length": len(derived),
                "algorithm": "sha256",
            },
            trusted_metadata=trusted_metadata,
            set_email_verified=True,
        )

    def session_of(self, email: str) -> Any:
        """A session of an hour for a user who was added."""
        passwords = self.client().passwords
        return passwords.authenticate(email, self._password, session_duration_minutes=60)

    def delete_our_users(self) -> None:
        """Delete the users that this or an earlier run has made."""
        self.addresses.begin_test()  # else those of the last test come back under its names
        client = self.client()
        fuzzy = {"filter_name": "email_address_fuzzy", "filter_value": MARK.strip("+-")}
        query: Any = {"operator": "AND", "operands": [fuzzy]}
        users = [user for page in client.users.search_all(query=query) for user in page.results]
        ours = [user.user_id for user in users if self._is_ours(user)]
        left = [user_id for user_id in ours if not _is_deleted(client, user_id)]
        assert not left, "these users could not be deleted"

    def _is_ours(self, user: Any) -> bool:
        return any(self.addresses.is_of_any_run(one.email) for one in user.emails)


@contextmanager
def live_project(project: StytchProject) -> Iterator[LiveStytch]:
    """The project; it has no user of ours before the block and after it, whatever happens."""
    service = LiveStytch(project)
    service.delete_our_users()
    try:
        yield service
    finally:
        service.delete_our_users()


def _is_deleted(client: stytch.Client, user_id: str) -> bool:
    try:
        client.users.delete(user_id)
    except StytchError as refused:
        return refused.details.error_type == "user_not_found"  # a search may be late
    return True
