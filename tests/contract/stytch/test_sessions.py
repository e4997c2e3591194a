"""sessions.authenticate, sessions.get and sessions.revoke."""

from __future__ import annotations

import pytest

from local.kit.clock import Clock
from tests.contract.stytch.under_test import ROLES, only_emulator
from tests.support.stytch_emulator import refused


class ClockHalfAnHourSlow(Clock):
    """By the machine's time, a session JWT of its has run out before it is signed."""

    def now(self) -> float:
        return super().now() - 1800


def test_a_session_token_answers_the_session_and_its_user(client, emulator):
    ada = emulator.sign_in("ada@example.com")

    reply = client.sessions.authenticate(session_token=ada.session_token)

    assert reply.session.session_id == ada.session.session_id
    assert reply.user.emails[0].email == "ada@example.com"
    assert reply.session_token == ada.session_token


def test_a_session_jwt_answers_the_same_session(client, emulator):
    ada = emulator.sign_in()

    reply = client.sessions.authenticate(session_jwt=ada.session_jwt)

    assert reply.session.session_id == ada.session.session_id
    assert reply.session_token == ada.session_token


def test_a_jwt_is_exchanged_for_a_fresh_one(client, emulator):
    ada = emulator.sign_in()
    emulator.advance(minutes=4)

    reply = client.sessions.authenticate(session_jwt=ada.session_jwt)

    assert reply.session_jwt != ada.session_jwt


def test_an_expired_jwt_of_a_good_session_is_accepted(start_emulator):
    emulator = start_emulator(clock=ClockHalfAnHourSlow())
    ada = emulator.sign_in()
    client = emulator.client()

    local = client.sessions.authenticate_jwt_local(ada.session_jwt)
    reply = client.sessions.authenticate_jwt(ada.session_jwt)

    assert local is None
    assert reply.session.session_id == ada.session.session_id


def test_a_session_ends_on_time(client, emulator):
    ada = emulator.sign_in()
    emulator.advance(minutes=60)

    with refused(404, "session_not_found"):
        client.sessions.authenticate(session_token=ada.session_token)


def test_the_jwt_of_an_ended_session_is_refused(client, emulator):
    ada = emulator.sign_in()
    emulator.advance(minutes=60)

    with refused(404, "session_not_found"):
        client.sessions.authenticate(session_jwt=ada.session_jwt)


def test_a_duration_moves_the_end(client, emulator):
    ada = emulator.sign_in()
    emulator.advance(minutes=50)
    client.sessions.authenticate(session_token=ada.session_token, session_duration_minutes=60)
    emulator.advance(minutes=50)

    assert client.sessions.authenticate(session_token=ada.session_token).status_code == 200


def test_without_a_duration_the_end_stays(client, emulator):
    ada = emulator.sign_in()

    reply = client.sessions.authenticate(session_token=ada.session_token)

    assert reply.session.expires_at == ada.session.expires_at


def test_an_access_is_recorded(client, emulator):
    ada = emulator.sign_in()
    emulator.advance(minutes=10)

    reply = client.sessions.authenticate(session_token=ada.session_token)

    assert (reply.session.last_accessed_at - ada.session.last_accessed_at).total_seconds() >= 600


@pytest.mark.parametrize("minutes", [4, 527041])
def test_a_duration_outside_the_limits_is_refused(client, emulator, minutes):
    ada = emulator.sign_in()

    with refused(400, "invalid_session_duration_minutes"):
        client.sessions.authenticate(
            session_token=ada.session_token, session_duration_minutes=minutes
        )


def test_custom_claims_are_merged_and_null_removes_one(client, emulator):
    ada = emulator.sign_in()
    client.sessions.authenticate(
        session_token=ada.session_token, session_custom_claims={"a": 1, "b": 2}
    )

    reply = client.sessions.authenticate(
        session_token=ada.session_token, session_custom_claims={"a": None, "c": 3}
    )

    assert reply.session.custom_claims == {"b": 2, "c": 3}


@pytest.mark.parametrize(
    ("claims", "error_type"),
    [
        ({"iss": "me"}, "reserved_claims_in_custom_claims"),
        ({"https://stytch.com/session": {}}, "stytch_claims_in_custom_claims"),
        ({"long": "x" * 4096}, "custom_claims_too_large"),
    ],
)
def test_forbidden_custom_claims_are_refused(client, emulator, claims, error_type):
    ada = emulator.sign_in()

    with refused(400, error_type):
        client.sessions.authenticate(session_token=ada.session_token, session_custom_claims=claims)


def test_an_unknown_token_is_not_found(client):
    with refused(404, "session_not_found"):
        client.sessions.authenticate(session_token="A" * 44)


@pytest.mark.parametrize("token", ["", "short", "A" * 45, "?" * 44])
def test_a_malformed_token_is_refused(client, token):
    with refused(400, "invalid_session_token"):
        client.sessions.authenticate(session_token=token)


@pytest.mark.parametrize("session_jwt", ["", "nonsense", "a.b.c", "é.é.é"])
def test_a_malformed_jwt_is_refused(client, session_jwt):
    with refused(400, "unable_to_parse_session_jwt"):
        client.sessions.authenticate(session_jwt=session_jwt)


def test_a_jwt_with_a_changed_signature_is_refused(client, emulator):
    head, body, signature = emulator.sign_in().session_jwt.split(".")

    with refused(400, "unable_to_parse_session_jwt"):
        client.sessions.authenticate(session_jwt=f"{head}.{body}.{signature[::-1]}")


def test_a_token_and_a_jwt_together_are_refused(client, emulator):
    ada = emulator.sign_in()

    with refused(400, "too_many_session_arguments"):
        client.sessions.authenticate(session_token=ada.session_token, session_jwt=ada.session_jwt)


def test_neither_token_nor_jwt_is_refused(client):
    with refused(400, "no_session_arguments"):
        client.sessions.authenticate()


def test_an_authorization_check_is_refused_without_an_rbac_policy(client, emulator):
    ada = emulator.sign_in()

    with refused(403, "session_authorization_error"):
        client.sessions.authenticate(
            session_token=ada.session_token,
            authorization_check={"resource_id": "issues", "action": "read"},
        )


@only_emulator(ROLES)
def test_a_session_shows_the_roles_its_user_has_now(client, emulator):
    ada = emulator.sign_in()
    client.users.update(ada.user_id, roles=["admin"])

    reply = client.sessions.authenticate(session_token=ada.session_token)

    assert reply.session.roles == ["stytch_user", "admin"]


def test_a_users_active_sessions_are_listed(client, emulator):
    first = emulator.sign_in()
    emulator.advance(minutes=30)
    second = emulator.sign_in()
    emulator.advance(minutes=30)

    sessions = client.sessions.get(first.user_id).sessions

    assert [session.session_id for session in sessions] == [second.session.session_id]


def test_the_sessions_of_an_unknown_user_are_refused(client):
    with refused(404, "user_not_found"):
        client.sessions.get("user-test-00000000-0000-4000-8000-000000000000")


def test_a_session_is_revoked_by_its_token(client, emulator):
    ada = emulator.sign_in()

    client.sessions.revoke(session_token=ada.session_token)

    with refused(404, "session_not_found"):
        client.sessions.authenticate(session_token=ada.session_token)


def test_a_session_is_revoked_by_its_jwt(client, emulator):
    ada = emulator.sign_in()

    client.sessions.revoke(session_jwt=ada.session_jwt)

    with refused(404, "session_not_found"):
        client.sessions.authenticate(session_jwt=ada.session_jwt)


def test_a_session_is_revoked_by_its_id(client, emulator):
    ada = emulator.sign_in()

    client.sessions.revoke(session_id=ada.session.session_id)

    assert client.sessions.get(ada.user_id).sessions == []


def test_revoking_one_session_leaves_the_others(client, emulator):
    first = emulator.sign_in()
    emulator.advance(seconds=1)
    second = emulator.sign_in()

    client.sessions.revoke(session_token=first.session_token)

    assert client.sessions.authenticate(session_token=second.session_token).status_code == 200


def test_revoking_twice_finds_nothing(client, emulator):
    ada = emulator.sign_in()
    client.sessions.revoke(session_token=ada.session_token)

    with refused(404, "session_not_found"):
        client.sessions.revoke(session_token=ada.session_token)


def test_revoking_a_malformed_id_is_refused(client):
    with refused(400, "invalid_session_id"):
        client.sessions.revoke(session_id="nonsense")


def test_revoking_nothing_is_refused(client):
    with refused(400, "no_session_revoke_arguments"):
        client.sessions.revoke()


def test_revoking_by_two_arguments_is_refused(client, emulator):
    ada = emulator.sign_in()

    with refused(400, "too_many_session_revoke_arguments"):
        client.sessions.revoke(session_id=ada.session.session_id, session_token=ada.session_token)
