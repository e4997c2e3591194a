"""What the Netlify face takes from here: the operator's token and a bearer's claims."""

from __future__ import annotations

import jwt
import pytest

from local.identity import IdentityConfig, operator_token, user_claims
from local.kit.clock import Clock
from tests.contract.identity.under_test import only_emulator

pytestmark = only_emulator("this is what the emulator gives to the local cloud")

SECRET = "the secret of the Identity under test"
CONFIG = IdentityConfig("http://localhost:8888", SECRET)
CLAIMS = {
    "sub": "5f0e3c1c-5a65-4b8e-9f43-6f3f2f6b7d11",
    "email": "lin@example.com",
    "app_metadata": {"provider": "email"},
    "user_metadata": {"full_name": "Lin"},
}


@pytest.fixture
def clock():
    return Clock()


def bearer(claims, secret=SECRET, algorithm="HS256"):
    return f"Bearer {jwt.encode(claims, secret, algorithm)}"


def test_the_operators_token_is_netlifys(clock):
    token = operator_token(CONFIG, clock)

    claims = jwt.decode(token, SECRET, ["HS256"])
    assert jwt.get_unverified_header(token) == {"alg": "HS256", "typ": "JWT"}
    assert claims["sub"] == "0"
    assert set(claims) == {"sub", "exp"}


def test_the_operators_token_lives_for_two_minutes(clock):
    claims = jwt.decode(operator_token(CONFIG, clock), SECRET, ["HS256"])

    assert claims["exp"] - clock.now() == pytest.approx(120, abs=2)


def test_the_claims_of_a_users_token_are_handed_on_as_they_are(clock):
    claims = {**CLAIMS, "exp": int(clock.now()) + 60}

    assert user_claims(bearer(claims), CONFIG, clock) == claims


def test_the_local_clock_decides_on_the_end(clock):
    header = bearer({**CLAIMS, "exp": int(clock.now()) + 60})
    clock.advance(61)

    assert user_claims(header, CONFIG, clock) is None


def test_a_token_that_is_not_valid_yet_names_nobody(clock):
    now = int(clock.now())
    header = bearer({**CLAIMS, "nbf": now + 30, "exp": now + 60})

    assert user_claims(header, CONFIG, clock) is None


@pytest.mark.parametrize("changes", [{"exp": 0}, {"sub": ""}, {"email": ""}])
def test_a_token_that_lacks_what_a_users_token_has_names_nobody(clock, changes):
    claims = CLAIMS | {"exp": int(clock.now()) + 60} | changes

    assert user_claims(bearer(claims), CONFIG, clock) is None


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer x", "Basic YTpi"])
def test_without_a_jwt_there_is_no_user(clock, header):
    assert user_claims(header, CONFIG, clock) is None


def test_with_another_key_there_is_no_user(clock):
    claims = {**CLAIMS, "exp": int(clock.now()) + 60}

    assert user_claims(bearer(claims, "another secret of another Identity"), CONFIG, clock) is None


def test_without_a_signature_there_is_no_user(clock):
    claims = {**CLAIMS, "exp": int(clock.now()) + 60}

    assert user_claims(bearer(claims, None, "none"), CONFIG, clock) is None


def test_the_operator_is_no_user(clock):
    assert user_claims(f"Bearer {operator_token(CONFIG, clock)}", CONFIG, clock) is None


def test_a_short_secret_is_refused():
    with pytest.raises(ValueError, match="needs 32 bytes or more"):
        IdentityConfig("http://localhost:8888", "short")
