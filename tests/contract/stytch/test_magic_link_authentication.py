"""magic_links.authenticate."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta

import pytest

from tests.support.stytch_emulator import refused

VERIFIER = "a-code-verifier-of-at-least-forty-three-characters"
OTHER_VERIFIER = "another-verifier-of-at-least-forty-three-characters"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode()[:-1]


@pytest.fixture
def mailed_token(client, emulator) -> str:
    client.magic_links.email.login_or_create("ada@example.com")
    return emulator.newest_token()


@pytest.fixture
def pkce_token(client, emulator) -> str:
    client.magic_links.email.login_or_create("ada@example.com", code_challenge=CHALLENGE)
    return emulator.newest_token()


def test_a_link_proves_the_address(client, mailed_token):
    reply = client.magic_links.authenticate(mailed_token)

    assert reply.user.emails[0].verified is True
    assert reply.method_id == reply.user.emails[0].email_id


def test_a_link_makes_a_pending_user_active(client, emulator):
    client.magic_links.email.login_or_create("ada@example.com", create_user_as_pending=True)

    reply = client.magic_links.authenticate(emulator.newest_token())

    assert reply.user.status == "active"


def test_without_a_duration_there_is_no_session(client, mailed_token):
    reply = client.magic_links.authenticate(mailed_token)

    assert (reply.session, reply.session_token, reply.session_jwt) == (None, "", "")


def test_a_duration_starts_a_session_of_that_length(client, mailed_token):
    session = client.magic_links.authenticate(mailed_token, session_duration_minutes=90).session

    assert session.expires_at - session.started_at == timedelta(minutes=90)


def test_the_session_names_the_e_mail_factor(client, mailed_token):
    reply = client.magic_links.authenticate(mailed_token, session_duration_minutes=60)

    factor = reply.session.authentication_factors[0]
    assert (factor.type, factor.delivery_method) == ("magic_link", "email")
    assert factor.email_factor.email_id == reply.method_id
    assert factor.email_factor.email_address == "ada@example.com"


def test_the_session_keeps_the_attributes_and_custom_claims(client, mailed_token):
    session = client.magic_links.authenticate(
        mailed_token,
        session_duration_minutes=60,
        attributes={"ip_address": "192.0.2.1", "user_agent": "Browser/1"},
        session_custom_claims={"team": "blue"},
    ).session

    assert session.attributes.ip_address == "192.0.2.1"
    assert session.custom_claims == {"team": "blue"}


def test_a_link_works_once(client, mailed_token):
    client.magic_links.authenticate(mailed_token)

    with refused(401, "unable_to_auth_magic_link"):
        client.magic_links.authenticate(mailed_token)


def test_an_unknown_token_is_not_found(client):
    with refused(404, "magic_link_not_found"):
        client.magic_links.authenticate("A" * 43 + "=")


@pytest.mark.parametrize("token", ["", "short", "A" * 44, "!" * 43 + "="])
def test_a_malformed_token_is_refused(client, token):
    with refused(400, "invalid_token"):
        client.magic_links.authenticate(token)


def test_a_sign_up_link_is_good_for_a_week(client, emulator, mailed_token):
    emulator.advance(days=6.9)

    assert client.magic_links.authenticate(mailed_token).status_code == 200


def test_a_sign_up_link_ends_after_a_week(client, emulator, mailed_token):
    emulator.advance(days=7)

    with refused(401, "unable_to_auth_magic_link"):
        client.magic_links.authenticate(mailed_token)


def test_a_login_link_is_good_for_an_hour(client, emulator):
    emulator.sign_in("ada@example.com")
    emulator.advance(seconds=1)
    client.magic_links.email.login_or_create("ada@example.com")
    emulator.advance(minutes=59)

    assert client.magic_links.authenticate(emulator.newest_token()).status_code == 200


def test_a_login_link_ends_after_an_hour(client, emulator):
    emulator.sign_in("ada@example.com")
    emulator.advance(seconds=1)
    client.magic_links.email.login_or_create("ada@example.com")
    emulator.advance(minutes=60)

    with refused(401, "unable_to_auth_magic_link"):
        client.magic_links.authenticate(emulator.newest_token())


def test_a_link_can_be_given_a_shorter_life(client, emulator):
    client.magic_links.email.login_or_create("ada@example.com", signup_expiration_minutes=5)
    emulator.advance(minutes=5)

    with refused(401, "unable_to_auth_magic_link"):
        client.magic_links.authenticate(emulator.newest_token())


def test_a_deleted_users_link_is_not_found(client, mailed_token):
    user_id = client.users.search().results[0].user_id
    client.users.delete(user_id)

    with refused(404, "magic_link_not_found"):
        client.magic_links.authenticate(mailed_token)


def test_pkce_accepts_the_matching_verifier(client, pkce_token):
    reply = client.magic_links.authenticate(pkce_token, code_verifier=VERIFIER)

    assert reply.status_code == 200


def test_pkce_refuses_another_verifier(client, pkce_token):
    with refused(400, "pkce_mismatch"):
        client.magic_links.authenticate(pkce_token, code_verifier=OTHER_VERIFIER)


def test_pkce_refuses_a_missing_verifier(client, pkce_token):
    with refused(400, "pkce_expected_code_verifier"):
        client.magic_links.authenticate(pkce_token)


def test_a_verifier_is_refused_where_no_challenge_was_sent(client, mailed_token):
    with refused(400, "pkce_did_not_expect_code_verifier"):
        client.magic_links.authenticate(mailed_token, code_verifier=VERIFIER)


@pytest.mark.parametrize("verifier", ["", "a" * 42, "a" * 129, "ä" * 50])
def test_a_malformed_verifier_is_refused(client, pkce_token, verifier):
    with refused(400, "invalid_pkce_code_verifier"):
        client.magic_links.authenticate(pkce_token, code_verifier=verifier)


def test_a_pkce_failure_leaves_the_link_usable(client, pkce_token):
    with refused(400, "pkce_mismatch"):
        client.magic_links.authenticate(pkce_token, code_verifier=OTHER_VERIFIER)

    assert client.magic_links.authenticate(pkce_token, code_verifier=VERIFIER).status_code == 200


@pytest.mark.parametrize("minutes", [4, 0, -5, 527041])
def test_a_session_lasts_five_minutes_to_366_days(client, mailed_token, minutes):
    with refused(400, "invalid_session_duration_minutes"):
        client.magic_links.authenticate(mailed_token, session_duration_minutes=minutes)


def test_a_session_lasts_no_longer_than_the_project_allows(start_emulator):
    emulator = start_emulator(max_session_minutes=60)
    client = emulator.client()
    client.magic_links.email.login_or_create("ada@example.com")

    with refused(400, "invalid_session_duration"):
        client.magic_links.authenticate(emulator.newest_token(), session_duration_minutes=61)


@pytest.mark.parametrize(
    ("options", "attributes"),
    [
        ({"ip_match_required": True}, {"ip_address": "192.0.2.2"}),
        ({"ip_match_required": True}, None),
        ({"user_agent_match_required": True}, {"user_agent": "Other/1"}),
    ],
)
def test_other_attributes_are_refused_where_a_match_is_required(
    client, emulator, options, attributes
):
    client.magic_links.email.login_or_create(
        "ada@example.com", attributes={"ip_address": "192.0.2.1", "user_agent": "Browser/1"}
    )

    with refused(401, "attribute_mismatch"):
        client.magic_links.authenticate(
            emulator.newest_token(), options=options, attributes=attributes
        )


def test_a_second_address_joins_the_running_session(client, emulator):
    first = emulator.sign_in("ada@example.com")
    client.magic_links.email.send("lovelace@example.com", user_id=first.user_id)

    second = client.magic_links.authenticate(
        emulator.newest_token(), session_token=first.session_token
    )

    assert second.session.session_id == first.session.session_id
    assert [
        factor.email_factor.email_address for factor in second.session.authentication_factors
    ] == ["ada@example.com", "lovelace@example.com"]


def test_a_link_cannot_join_another_users_session(client, emulator):
    ada = emulator.sign_in("ada@example.com")
    client.magic_links.email.login_or_create("grace@example.com")

    with refused(404, "session_not_found"):
        client.magic_links.authenticate(emulator.newest_token(), session_token=ada.session_token)


def test_the_same_address_again_renews_its_factor(client, emulator):
    first = emulator.sign_in("ada@example.com")
    emulator.advance(minutes=10)
    client.magic_links.email.login_or_create("ada@example.com")

    second = client.magic_links.authenticate(
        emulator.newest_token(), session_token=first.session_token
    )

    (before,) = first.session.authentication_factors
    (after,) = second.session.authentication_factors
    assert after.created_at == before.created_at
    assert after.last_authenticated_at - before.last_authenticated_at >= timedelta(minutes=10)
