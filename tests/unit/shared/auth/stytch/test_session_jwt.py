"""Which session JWTs are accepted without asking Stytch (RFC 8725)."""

from __future__ import annotations

import json
import time

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from shared.auth.credentials import read_header
from shared.auth.principal import Principal
from shared.auth.stytch.session import principal_of_jwt
from shared.auth.stytch.session_jwt import KeySet
from shared.errors import Unauthenticated
from tests.support.configuration import PROJECT_ID
from tests.support.signing import SESSION_CLAIM, USER_ID, session_claim, session_claims

ODD_VALUES = [[], [{}], {}, "soon", "", True, ["x"], {"a": 1}, float("inf"), float("nan"), -1, 5]


@pytest.fixture
def verify(configure, stytch_key):
    """Verifies with the project's one published key."""

    def verify(token, **values):
        configure(STYTCH_JWKS=json.dumps({"keys": [stytch_key.jwk()]}), **values)
        return principal_of_jwt(token, read_header(token))

    return verify


def ago(seconds):
    return int(time.time()) - seconds


def refused_as(code, verify, token):
    with pytest.raises(Unauthenticated) as refused:
        verify(token)
    return refused.value.code == code


def test_a_fresh_session_jwt_names_its_principal(verify, stytch_key):
    assert verify(stytch_key.sign(session_claims(name="Ada Lovelace"))) == Principal(
        id=f"stytch:{USER_ID}",
        provider="stytch",
        email="ada@example.com",
        name="Ada Lovelace",
        roles=("stytch_user",),
        confirmed=False,
        session_id="session-test-22222222-2222-4222-8222-222222222222",
    )


def test_a_principal_without_a_name_is_called_by_the_address(verify, stytch_key):
    assert verify(stytch_key.sign(session_claims())).name == "ada@example.com"


def test_the_address_is_told_in_lower_case(verify, stytch_key):
    factors = [{"email_factor": {"email_address": "Ada@Example.COM"}}]
    token = stytch_key.sign(
        session_claims(**{SESSION_CLAIM: session_claim(authentication_factors=factors)})
    )

    assert verify(token).email == "ada@example.com"


def test_an_address_in_admin_emails_makes_an_admin(verify, stytch_key):
    token = stytch_key.sign(session_claims())

    assert verify(token, ADMIN_EMAILS="grace@example.com, ADA@example.com").is_admin


def test_the_sessions_role_admin_makes_an_admin(verify, stytch_key):
    token = stytch_key.sign(session_claims(**{SESSION_CLAIM: session_claim(roles=["admin"])}))

    assert verify(token).is_admin


def test_a_custom_claim_named_roles_makes_no_admin(verify, stytch_key):
    assert not verify(stytch_key.sign(session_claims(roles=["admin"]))).is_admin


def test_the_emulators_own_address_is_an_issuer_too(verify, stytch_key):
    token = stytch_key.sign(session_claims(iss="http://127.0.0.1:8889"))

    assert isinstance(verify(token, STYTCH_BASE_URL="http://127.0.0.1:8889/"), Principal)


def test_a_token_without_a_signature_is_refused(verify):
    token = jwt.encode(session_claims(), None, algorithm="none", headers={"kid": "jwk-test-1"})

    assert refused_as("token_invalid", verify, token)


def test_a_token_signed_with_hs256_and_the_public_key_as_secret_is_refused(verify, stytch_key):
    # PyJWT will not sign so itself: the attack of RFC 8725, section 2.1
    public = stytch_key.private.public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    header = jwt.utils.base64url_encode(b'{"alg":"HS256","typ":"JWT","kid":"jwk-test-1"}')
    payload = jwt.utils.base64url_encode(json.dumps(session_claims()).encode())
    signed = header + b"." + payload
    signature = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256).sign(signed, pem)
    token = (signed + b"." + jwt.utils.base64url_encode(signature)).decode()

    assert refused_as("token_invalid", verify, token)


@pytest.mark.parametrize("algorithm", ["RS384", "RS512", "PS256"])
def test_a_token_signed_by_the_right_key_in_another_way_is_refused(verify, stytch_key, algorithm):
    token = jwt.encode(
        session_claims(), stytch_key.private, algorithm=algorithm, headers={"kid": stytch_key.kid}
    )

    assert refused_as("token_invalid", verify, token)


def test_a_token_signed_by_another_key_under_a_known_kid_is_refused(verify, stytch_key, other_key):
    token = other_key.sign(session_claims(), kid=stytch_key.kid)

    assert refused_as("token_invalid", verify, token)


def test_stytch_is_asked_about_a_token_whose_key_may_be_new(verify, other_key, monkeypatch):
    monkeypatch.setattr(KeySet, "_may_fetch", lambda _: False)

    assert verify(other_key.sign(session_claims())) is None


def test_a_token_whose_key_the_project_does_not_have_is_refused(
    verify, other_key, stytch_key, monkeypatch
):
    published = {"keys": [stytch_key.jwk()]}
    monkeypatch.setattr("shared.auth.stytch.session_jwt._fetch", lambda: published)

    assert refused_as("unknown_key", verify, other_key.sign(session_claims()))


def test_a_token_that_names_no_key_is_refused(verify, stytch_key):
    token = jwt.encode(session_claims(), stytch_key.private, algorithm="RS256")

    assert refused_as("unknown_key", verify, token)


def test_a_token_that_brings_its_own_key_is_not_accepted(verify, other_key, monkeypatch):
    monkeypatch.setattr(KeySet, "_may_fetch", lambda _: False)

    assert verify(other_key.sign(session_claims(), jwk=other_key.jwk())) is None


def test_a_token_whose_payload_was_changed_is_refused(verify, stytch_key):
    header, _, signature = stytch_key.sign(session_claims()).split(".")
    _, payload, _ = stytch_key.sign(session_claims(sub="user-test-mallory")).split(".")

    assert refused_as("token_invalid", verify, f"{header}.{payload}.{signature}")


@pytest.mark.parametrize("token", ["", ".", "..", "a.b.c", "e30.e30.", "e30.e30.e30", "\x00.\x00."])
def test_garbage_is_refused(verify, token):
    with pytest.raises(Unauthenticated):
        verify(token)


@pytest.mark.parametrize("claim", ["iss", "aud", "sub", "iat", "nbf", "exp"])
def test_a_token_that_lacks_a_claim_is_refused(verify, stytch_key, claim):
    assert refused_as("token_invalid", verify, stytch_key.sign(session_claims(**{claim: None})))


@pytest.mark.parametrize(
    "issuer", ["stytch.com/project-test-other", "https://test.stytch.com.evil", "", "stytch.com"]
)
def test_a_token_of_another_issuer_is_refused(verify, stytch_key, issuer):
    assert refused_as("token_invalid", verify, stytch_key.sign(session_claims(iss=issuer)))


@pytest.mark.parametrize("audience", ["project-test-other", [], [""], PROJECT_ID[:-1]])
def test_a_token_for_another_project_is_refused(verify, stytch_key, audience):
    assert refused_as("token_invalid", verify, stytch_key.sign(session_claims(aud=audience)))


def test_an_audience_among_others_is_enough(verify, stytch_key):
    token = stytch_key.sign(session_claims(aud=["project-test-other", PROJECT_ID]))

    assert isinstance(verify(token), Principal)


@pytest.mark.parametrize("claim", ["iat", "nbf"])
def test_a_token_from_beyond_the_leeway_in_the_future_is_refused(verify, stytch_key, claim):
    token = stytch_key.sign(session_claims(**{claim: int(time.time()) + 60}))

    assert refused_as("token_invalid", verify, token)


@pytest.mark.parametrize("claim", ["iat", "nbf"])
def test_a_clock_that_is_a_few_seconds_ahead_does_no_harm(verify, stytch_key, claim):
    token = stytch_key.sign(session_claims(**{claim: int(time.time()) + 5}))

    assert isinstance(verify(token), Principal)


def test_an_expired_token_is_stale(verify, stytch_key):
    token = stytch_key.sign(session_claims(iat=ago(301), nbf=ago(301), exp=ago(1)))

    assert verify(token) is None


def test_a_token_older_than_the_largest_age_is_stale(verify, stytch_key):
    token = stytch_key.sign(session_claims(iat=ago(61), nbf=ago(61)))

    assert verify(token, STYTCH_JWT_MAX_AGE="60") is None


def test_a_token_younger_than_the_largest_age_is_believed(verify, stytch_key):
    token = stytch_key.sign(session_claims(iat=ago(61), nbf=ago(61)))

    assert isinstance(verify(token, STYTCH_JWT_MAX_AGE="300"), Principal)


@pytest.mark.parametrize("age", [0, -5])
def test_with_a_largest_age_of_0_every_token_is_stale(verify, stytch_key, age):
    token = stytch_key.sign(session_claims(iat=int(time.time()) - age))

    assert verify(token, STYTCH_JWT_MAX_AGE="0") is None


def test_a_forged_token_is_refused_even_when_it_is_expired(verify, stytch_key, other_key):
    token = other_key.sign(session_claims(exp=ago(1)), kid=stytch_key.kid)

    assert refused_as("token_invalid", verify, token)


@pytest.mark.parametrize("sub", ["m2m-client-test-1", "admin", "", " user-test-1", "USER-test-1"])
def test_the_token_of_anything_but_a_user_is_no_session(verify, stytch_key, sub):
    with pytest.raises(Unauthenticated):
        verify(stytch_key.sign(session_claims(sub=sub)))


def test_a_connected_apps_token_is_no_session(verify, stytch_key):
    # Same keys, same audience, a user's sub: only the session claim is missing.
    token = stytch_key.sign(session_claims(**{SESSION_CLAIM: None}, scope="openid"))

    assert refused_as("not_a_session", verify, token)


@pytest.mark.parametrize("claim", ["yes", 1, True, ["id"]])
def test_a_session_claim_that_is_no_object_is_no_session(verify, stytch_key, claim):
    token = stytch_key.sign(session_claims(**{SESSION_CLAIM: claim}))

    assert refused_as("not_a_session", verify, token)


@pytest.mark.parametrize("value", ODD_VALUES)
@pytest.mark.parametrize("claim", ["iss", "aud", "iat", "nbf", "exp", "name", "jti"])
def test_a_claim_of_an_odd_type_is_refused_or_passed_over(verify, stytch_key, claim, value):
    token = stytch_key.sign_anything(session_claims(**{claim: value}))

    assert verdict(verify, token) in {"principal", "stale", "refused"}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
@pytest.mark.parametrize("claim", ["iat", "exp"])
def test_a_time_that_is_no_number_is_refused(verify, stytch_key, claim, value):
    token = stytch_key.sign_anything(session_claims(**{claim: value}))

    assert refused_as("token_invalid", verify, token)


@pytest.mark.parametrize("value", [None, *ODD_VALUES])
@pytest.mark.parametrize("member", ["roles", "authentication_factors", "attributes", "id"])
def test_a_member_of_an_odd_type_in_the_session_claim_does_no_harm(
    verify, stytch_key, member, value
):
    claim = session_claim(**{member: value})
    token = stytch_key.sign_anything(session_claims(**{SESSION_CLAIM: claim}))

    assert verdict(verify, token) in {"principal", "stale", "refused"}


@pytest.mark.parametrize(
    "factors",
    [
        None,
        [],
        [{"type": "totp"}],
        [{"email_factor": None}],
        [{"email_factor": {"email_address": ""}}],
    ],
)
def test_a_session_without_a_proven_address_is_stale_so_that_stytch_is_asked(
    verify, stytch_key, factors
):
    claim = session_claim(authentication_factors=factors)

    assert verify(stytch_key.sign(session_claims(**{SESSION_CLAIM: claim}))) is None


def verdict(verify, token):
    try:
        verified = verify(token)
    except Unauthenticated:
        return "refused"
    return "principal" if isinstance(verified, Principal) else "stale"
