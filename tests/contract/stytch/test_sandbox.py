"""Stytch's sandbox values, which answer here as they do in Stytch's test environment."""

from __future__ import annotations

import pytest

from tests.contract.stytch.under_test import OTHERS, only_emulator
from tests.support.stytch_emulator import refused

EMAIL = "sandbox@stytch.com"
USER_ID = "user-test-e3795c81-f849-4167-bfda-e4a6e9c280fd"
LINK_TOKEN = "DOYoip3rvIMMW5lgItikFK-Ak1CfMsgjuiCyI7uuU94="
SPENT_LINK_TOKEN = "3pzjQpgksDlGKWEwUq2Up--hCHC_0oamfLHyfspKDFU="
UNKNOWN_LINK_TOKEN = "CprTtwhnRNiMBiUS2jSLcWYrfuO2POeBNdo5HhW6qTM="
SESSION_TOKEN = "WJtR5BCy38Szd5AfoDpf0iqFKEt4EE5JhjlWUY7l3FtY"
UNKNOWN_SESSION_TOKEN = "59cnLELtq5cFVS6uYK9f-pAWzBkhqZl8AvLhbhOvKNWw"


def test_login_or_create_answers_the_sandbox_user(client):
    url = "http://localhost:8000/login"

    reply = client.magic_links.email.login_or_create(EMAIL, login_magic_link_url=url)

    assert reply.user_id == USER_ID


def test_send_answers_the_sandbox_user(client):
    assert client.magic_links.email.send(EMAIL).user_id == USER_ID


def test_invite_answers_the_sandbox_user(client):
    assert client.magic_links.email.invite(EMAIL).user_id == USER_ID


def test_revoke_invite_succeeds(client):
    assert client.magic_links.email.revoke_invite(EMAIL).status_code == 200


def test_nothing_is_mailed(client, emulator):
    client.magic_links.email.login_or_create(EMAIL)
    client.magic_links.email.send(EMAIL)
    client.magic_links.email.invite(EMAIL)

    assert emulator.mails() == []


def test_the_good_link_token_works_again_and_again(client):
    client.magic_links.authenticate(LINK_TOKEN)

    assert client.magic_links.authenticate(LINK_TOKEN).user_id == USER_ID


def test_the_spent_link_token_is_refused(client):
    with refused(401, "unable_to_auth_magic_link"):
        client.magic_links.authenticate(SPENT_LINK_TOKEN)


def test_the_unknown_link_token_is_not_found(client):
    with refused(404, "magic_link_not_found"):
        client.magic_links.authenticate(UNKNOWN_LINK_TOKEN)


def test_the_session_token_answers_the_sandbox_session(emulator):
    body = {"session_token": SESSION_TOKEN}

    reply = emulator.call("POST", "/v1/sessions/authenticate", json=body).json()

    assert reply["session_token"] == SESSION_TOKEN
    assert reply["session"]["user_id"] == USER_ID
    assert reply["session"]["started_at"] == "2021-08-28T00:41:58.935673Z"


def test_the_sandbox_sessions_jwt_is_good(client):
    session_jwt = client.sessions.authenticate(session_token=SESSION_TOKEN).session_jwt

    assert client.sessions.authenticate_jwt_local(session_jwt).user_id == USER_ID
    assert client.sessions.authenticate(session_jwt=session_jwt).session_token == SESSION_TOKEN


def test_the_unknown_session_token_is_not_found(client):
    with refused(404, "session_not_found"):
        client.sessions.authenticate(session_token=UNKNOWN_SESSION_TOKEN)


@pytest.mark.parametrize("call", ["get", "delete"])
def test_the_sandbox_user_is_always_there(client, call):
    getattr(client.users, call)(USER_ID)

    assert client.users.get(USER_ID).status == "active"


def test_the_sandbox_user_never_changes(client):
    client.users.update(USER_ID, trusted_metadata={"plan": "pro"})

    assert client.users.get(USER_ID).trusted_metadata == {}


@only_emulator(OTHERS)
def test_the_sandbox_user_is_not_found_by_a_search(client):
    assert client.users.search().results == []
