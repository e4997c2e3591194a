"""The session JWT, the key set that verifies it, and tokens that only look like it."""

from __future__ import annotations

import base64
import hashlib

import jwt
import pytest
import requests

from tests.contract.stytch.under_test import PASSWORD, only_emulator
from tests.support.stytch_emulator import refused

SESSION_CLAIM = "https://stytch.com/session"


def claims_of(token: str) -> dict:
    return jwt.decode(token, options={"verify_signature": False})


def test_the_registered_claims_are_stytchs(emulator):
    ada = emulator.sign_in()

    claims = claims_of(ada.session_jwt)

    assert claims["iss"] == f"stytch.com/{emulator.project_id}"
    assert claims["aud"] == [emulator.project_id]
    assert claims["sub"] == ada.user_id
    assert claims["nbf"] == claims["iat"]
    assert claims["exp"] == claims["iat"] + 300


def test_the_header_names_the_algorithm_and_the_key(client, emulator):
    header = jwt.get_unverified_header(emulator.sign_in().session_jwt)

    kids = [key.kid for key in client.sessions.get_jwks(emulator.project_id).keys]
    assert header.pop("kid") in kids
    assert header == {"alg": "RS256", "typ": "JWT"}


def test_the_session_claim_has_every_field_in_whole_seconds(emulator):
    ada = emulator.sign_in()

    session = claims_of(ada.session_jwt)[SESSION_CLAIM]

    assert session == {
        "id": ada.session.session_id,
        "started_at": f"{ada.session.started_at:%Y-%m-%dT%H:%M:%SZ}",
        "last_accessed_at": f"{ada.session.last_accessed_at:%Y-%m-%dT%H:%M:%SZ}",
        "expires_at": f"{ada.session.expires_at:%Y-%m-%dT%H:%M:%SZ}",
        "attributes": {"ip_address": "", "user_agent": ""},
        "authentication_factors": session["authentication_factors"],
        "roles": ["stytch_user"],
    }


@only_emulator(PASSWORD)
def test_the_session_claim_names_the_e_mail_factor(emulator):
    factor = claims_of(emulator.sign_in().session_jwt)[SESSION_CLAIM]["authentication_factors"][0]

    assert (factor["type"], factor["delivery_method"]) == ("magic_link", "email")
    assert factor["email_factor"]["email_address"] == "ada@example.com"


def test_custom_claims_stand_at_the_top_level(client, emulator):
    ada = emulator.sign_in()

    reply = client.sessions.authenticate(
        session_token=ada.session_token, session_custom_claims={"team": "blue"}
    )

    assert claims_of(reply.session_jwt)["team"] == "blue"


def test_the_sdk_verifies_it_locally(client, emulator):
    ada = emulator.sign_in()

    session = client.sessions.authenticate_jwt_local(ada.session_jwt)

    assert (session.session_id, session.user_id) == (ada.session.session_id, ada.user_id)


def test_the_sdk_goes_on_trusting_it_after_the_session_was_revoked(client, emulator):
    ada = emulator.sign_in()
    client.sessions.revoke(session_token=ada.session_token)

    assert client.sessions.authenticate_jwt_local(ada.session_jwt) is not None


def test_the_sdk_asks_the_emulator_about_one_that_is_too_old(client, emulator):
    ada = emulator.sign_in()

    reply = client.sessions.authenticate_jwt(ada.session_jwt, max_token_age_seconds=0)

    assert reply.request_id.startswith("request-id-test-")


def test_the_key_set_needs_no_credentials(emulator):
    reply = requests.get(f"{emulator.base_url}/v1/sessions/jwks/{emulator.project_id}", timeout=10)

    assert reply.status_code == 200


def test_the_key_set_has_a_certificate_with_its_thumbprint(client, emulator):
    key = client.sessions.get_jwks(emulator.project_id).keys[0]

    digest = hashlib.sha256(base64.b64decode(key.x5c[0])).digest()
    assert key.x5tS256 == base64.urlsafe_b64encode(digest).decode().rstrip("=")
    assert (key.kty, key.use, key.key_ops, key.alg) == ("RSA", "sig", ["verify"], "RS256")


def test_the_key_set_shows_nothing_private(emulator):
    keys = emulator.call("GET", f"/v1/sessions/jwks/{emulator.project_id}").json()["keys"]

    fields = {"kty", "use", "key_ops", "alg", "kid", "x5c", "x5tS256", "n", "e"}
    assert set(keys[0]) == fields


def test_another_projects_key_set_is_not_found(client):
    with refused(404, "project_not_found"):
        client.sessions.get_jwks("project-test-11111111-1111-4111-8111-111111111111")


def test_after_a_rotation_a_new_key_signs(start_emulator):
    emulator = start_emulator()

    kid = emulator.admin("POST", "/keys").json()["kid"]

    assert jwt.get_unverified_header(emulator.sign_in().session_jwt)["kid"] == kid


def test_after_a_rotation_both_keys_are_published(start_emulator):
    emulator = start_emulator()
    before = emulator.sign_in()

    emulator.admin("POST", "/keys")

    client = emulator.client()
    assert len(client.sessions.get_jwks(emulator.project_id).keys) == 2
    assert client.sessions.authenticate_jwt_local(before.session_jwt) is not None


def test_a_month_after_a_rotation_the_old_key_is_gone(start_emulator):
    emulator = start_emulator()
    before = emulator.sign_in()
    emulator.admin("POST", "/keys")
    emulator.advance(days=30)

    with refused(400, "unable_to_parse_session_jwt"):
        emulator.client().sessions.authenticate(session_jwt=before.session_jwt)


@pytest.mark.parametrize("kind", ["m2m", "connected_app"])
def test_an_access_token_shares_the_key_issuer_and_audience_but_is_no_session(
    client, emulator, kind
):
    ada = emulator.sign_in()

    token = emulator.admin("POST", "/tokens", kind=kind, user_id=ada.user_id).json()["access_token"]

    claims = claims_of(token)
    assert SESSION_CLAIM not in claims
    assert (claims["iss"], claims["aud"]) == (
        f"stytch.com/{emulator.project_id}",
        [emulator.project_id],
    )


def test_a_connected_apps_token_has_the_user_as_its_subject(emulator):
    ada = emulator.sign_in()

    reply = emulator.admin("POST", "/tokens", kind="connected_app", user_id=ada.user_id)

    assert claims_of(reply.json()["access_token"])["sub"] == ada.user_id


def test_the_sdk_accepts_an_m2m_token_with_its_scopes(client, emulator):
    reply = emulator.admin("POST", "/tokens", kind="m2m", scope="read:issues write:issues")

    claims = client.m2m.authenticate_token(reply.json()["access_token"])

    assert claims.scopes == ["read:issues", "write:issues"]


def test_an_access_token_is_refused_as_a_session(client, emulator):
    token = emulator.admin("POST", "/tokens", kind="m2m").json()["access_token"]

    with refused(400, "unable_to_parse_session_jwt"):
        client.sessions.authenticate(session_jwt=token)
