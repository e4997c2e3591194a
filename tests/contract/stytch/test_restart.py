"""Everything that the emulator knows outlives its process."""

from __future__ import annotations

from tests.support.stytch_emulator import PROJECT_ID, refused


def test_users_and_sessions_survive(start_emulator):
    ada = start_emulator().sign_in()

    client = start_emulator().client()

    assert client.users.get(ada.user_id).status == "active"
    assert client.sessions.authenticate(session_token=ada.session_token).status_code == 200


def test_keys_survive(start_emulator):
    before = start_emulator().client().sessions.get_jwks(PROJECT_ID).keys

    after = start_emulator().client().sessions.get_jwks(PROJECT_ID).keys

    assert after == before


def test_a_link_survives(start_emulator):
    emulator = start_emulator()
    emulator.client().magic_links.email.login_or_create("ada@example.com")
    token = emulator.newest_token()

    client = start_emulator().client()

    assert client.magic_links.authenticate(token).status_code == 200


def test_a_used_link_stays_used(start_emulator):
    emulator = start_emulator()
    emulator.sign_in()
    token = emulator.newest_token()

    client = start_emulator().client()

    with refused(401, "unable_to_auth_magic_link"):
        client.magic_links.authenticate(token)


def test_faults_survive(start_emulator):
    start_emulator().admin("POST", "/faults", kind="internal_server_error")

    client = start_emulator().client()

    with refused(500, "internal_server_error"):
        client.debug.whoami()
