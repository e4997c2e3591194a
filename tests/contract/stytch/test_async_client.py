"""The SDK's asynchronous half: every call once, in the order of a user's life."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import stytch

from tests.contract.stytch.under_test import only_emulator
from tests.support.stytch_emulator import PROJECT_ID, Emulator, refused

# The SDK passes `auth`, which aiohttp 3.14 deprecates.
pytestmark = [
    pytest.mark.filterwarnings("ignore:The 'auth' parameter:DeprecationWarning"),
    only_emulator("it is the same API, and addresses are changed in the synchronous client alone"),
]

Scenario = Callable[[stytch.Client], Awaitable[Any]]


@pytest.fixture
def run(emulator: Emulator) -> Callable[[Scenario], Any]:
    """Runs a scenario with a client that is closed in the loop that it was used in."""

    async def with_client(scenario: Scenario) -> Any:
        async with emulator.client() as client:
            return await scenario(client)

    return lambda scenario: asyncio.run(with_client(scenario))


def test_login_or_create(run):
    reply = run(lambda client: client.magic_links.email.login_or_create_async("ada@example.com"))

    assert reply.user_created is True


def test_send(run, client, emulator):
    user = client.magic_links.email.login_or_create("ada@example.com")
    emulator.advance(seconds=1)

    reply = run(lambda client: client.magic_links.email.send_async("ada@example.com"))

    assert reply.user_id == user.user_id


def test_invite(run, client):
    reply = run(lambda client: client.magic_links.email.invite_async("ada@example.com"))

    assert client.users.get(reply.user_id).status == "pending"


def test_revoke_invite(run, client, emulator):
    client.magic_links.email.invite("ada@example.com")

    run(lambda client: client.magic_links.email.revoke_invite_async("ada@example.com"))

    with refused(401, "unable_to_auth_magic_link"):
        client.magic_links.authenticate(emulator.newest_token())


def test_authenticate_a_link(run, client, emulator):
    user = client.magic_links.email.login_or_create("ada@example.com")
    token = emulator.newest_token()

    reply = run(
        lambda client: client.magic_links.authenticate_async(token, session_duration_minutes=60)
    )

    assert reply.session.user_id == user.user_id


def test_authenticate_a_session(run, emulator):
    ada = emulator.sign_in()

    reply = run(lambda client: client.sessions.authenticate_async(session_token=ada.session_token))

    assert reply.session.session_id == ada.session.session_id


def test_authenticate_a_jwt_locally(run, emulator):
    ada = emulator.sign_in()

    session = run(lambda client: client.sessions.authenticate_jwt_local_async(ada.session_jwt))

    assert session.session_id == ada.session.session_id


def test_authenticate_an_old_jwt_remotely(run, emulator):
    ada = emulator.sign_in()

    reply = run(
        lambda client: client.sessions.authenticate_jwt_async(
            ada.session_jwt, max_token_age_seconds=0
        )
    )

    assert reply.request_id.startswith("request-id-test-")


def test_get_sessions(run, emulator):
    ada = emulator.sign_in()

    reply = run(lambda client: client.sessions.get_async(ada.user_id))

    assert [session.session_id for session in reply.sessions] == [ada.session.session_id]


def test_get_the_key_set(run):
    assert len(run(lambda client: client.sessions.get_jwks_async(PROJECT_ID)).keys) >= 1


def test_revoke_a_session(run, client, emulator):
    ada = emulator.sign_in()

    run(lambda client: client.sessions.revoke_async(session_token=ada.session_token))

    assert client.sessions.get(ada.user_id).sessions == []


def test_get_a_user(run, emulator):
    ada = emulator.sign_in()

    assert run(lambda client: client.users.get_async(ada.user_id)).user_id == ada.user_id


def test_update_a_user(run, emulator):
    ada = emulator.sign_in()

    reply = run(
        lambda client: client.users.update_async(ada.user_id, trusted_metadata={"plan": "pro"})
    )

    assert reply.user.trusted_metadata == {"plan": "pro"}


def test_search_users(run, emulator):
    ada = emulator.sign_in()

    reply = run(lambda client: client.users.search_async())

    assert [user.user_id for user in reply.results] == [ada.user_id]


def test_delete_a_user(run, client, emulator):
    ada = emulator.sign_in()

    run(lambda client: client.users.delete_async(ada.user_id))

    with refused(404, "user_not_found"):
        client.users.get(ada.user_id)


def test_whoami(run):
    assert run(lambda client: client.debug.whoami_async()).project_id == PROJECT_ID


def test_an_error_is_raised_as_in_the_synchronous_client(run):
    with refused(404, "session_not_found"):
        run(lambda client: client.sessions.authenticate_async(session_token="A" * 44))
