"""Stytch's keys (session_jwt.py): how long they are kept, and how often they are fetched."""

from __future__ import annotations

from contextlib import suppress

import pytest

from shared.auth.stytch.session_jwt import KeyInDoubt, KeySet, key_set
from shared.errors import StytchUnavailable, Unavailable
from tests.support.configuration import PROJECT_ID
from tests.support.upstreams import serving, static_answer


class Publisher:
    """Where keys are fetched: what it publishes, whether it is up, and how often it was asked."""

    def __init__(self, *keys):
        self.published = {"keys": [key.jwk() for key in keys]}
        self.is_up = True
        self.asked = 0

    def __call__(self):
        self.asked += 1
        if not self.is_up:
            raise StytchUnavailable
        return self.published


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def publisher(stytch_key):
    return Publisher(stytch_key)


@pytest.fixture
def keys(publisher, clock):
    return KeySet(publisher, clock=clock)


def test_keys_are_fetched_when_one_is_first_needed(keys, publisher, stytch_key):
    asked_before = publisher.asked

    assert keys.find(stytch_key.kid) is not None
    assert (asked_before, publisher.asked) == (0, 1)


def test_a_known_key_is_not_fetched_again(keys, publisher, stytch_key):
    keys.find(stytch_key.kid)

    keys.find(stytch_key.kid)

    assert publisher.asked == 1


def test_keys_of_the_settings_need_no_fetch(publisher, clock, stytch_key):
    keys = KeySet(publisher, publisher.published, clock)

    assert keys.find(stytch_key.kid) is not None
    assert publisher.asked == 0


def test_a_key_that_the_settings_lack_is_fetched(publisher, clock, stytch_key, other_key):
    keys = KeySet(publisher, {"keys": [other_key.jwk()]}, clock)

    assert keys.find(stytch_key.kid) is not None
    assert publisher.asked == 1


def test_an_unknown_kid_is_told_as_unknown(keys):
    assert keys.find("jwk-test-unheard-of") is None


def test_many_forged_kids_cause_one_fetch_in_thirty_seconds(keys, publisher, clock, stytch_key):
    keys.find(stytch_key.kid)
    clock.now += 30

    for number in range(20):
        with suppress(KeyInDoubt):
            keys.find(f"forged-{number}")

    assert publisher.asked == 2


def test_a_forged_kid_does_not_cause_a_fetch_before_thirty_seconds(
    keys, publisher, clock, stytch_key
):
    keys.find(stytch_key.kid)
    clock.now += 29.9

    with pytest.raises(KeyInDoubt):
        keys.find("new or forged")

    assert publisher.asked == 1


def test_a_new_key_is_found_half_a_minute_after_the_last_fetch(
    keys, publisher, clock, stytch_key, other_key
):
    keys.find(stytch_key.kid)
    publisher.published = {"keys": [stytch_key.jwk(), other_key.jwk()]}
    clock.now += 30

    assert keys.find(other_key.kid) is not None


def test_keys_are_asked_for_again_after_an_hour(keys, publisher, clock, stytch_key):
    keys.find(stytch_key.kid)
    clock.now += 3601

    keys.find(stytch_key.kid)

    assert publisher.asked == 2


def test_a_key_that_is_published_no_more_is_dropped_within_an_hour(
    keys, publisher, clock, stytch_key, other_key
):
    keys.find(stytch_key.kid)
    publisher.published = {"keys": [other_key.jwk()]}
    clock.now += 3601

    assert keys.find(stytch_key.kid) is None


def test_old_keys_stay_good_while_stytch_is_down(keys, publisher, clock, stytch_key):
    keys.find(stytch_key.kid)
    publisher.is_up = False
    clock.now += 7200

    assert keys.find(stytch_key.kid) is not None


def test_with_old_keys_a_stytch_that_is_down_is_asked_every_thirty_seconds_at_most(
    keys, publisher, clock, stytch_key
):
    keys.find(stytch_key.kid)
    publisher.is_up = False
    clock.now += 7200

    keys.find(stytch_key.kid)
    with pytest.raises(KeyInDoubt):
        keys.find("new or forged")

    assert publisher.asked == 2


def test_an_unknown_kid_is_in_doubt_while_stytch_is_down(keys, publisher, clock, stytch_key):
    keys.find(stytch_key.kid)
    publisher.is_up = False
    clock.now += 60

    with pytest.raises(KeyInDoubt):
        keys.find("new or forged")


def test_without_any_key_a_stytch_that_is_down_is_said_to_be(keys, publisher, stytch_key):
    publisher.is_up = False

    with pytest.raises(Unavailable):
        keys.find(stytch_key.kid)


def test_without_any_key_stytch_is_asked_again_at_once(keys, publisher, stytch_key):
    publisher.is_up = False
    with pytest.raises(Unavailable):
        keys.find(stytch_key.kid)

    publisher.is_up = True

    assert keys.find(stytch_key.kid) is not None


@pytest.mark.parametrize(
    "entry",
    [
        None,
        "key",
        7,
        {},
        {"kty": "RSA", "kid": "no-numbers"},
        {"kty": "RSA", "kid": "odd-numbers", "n": 5, "e": "AQAB"},
        {"kty": "RSA", "kid": "no-base64", "n": "🦊", "e": "AQAB"},
        {"kty": "RSA", "n": "AQAB", "e": "AQAB"},
        {"kty": "EC", "kid": "curve", "crv": "P-256", "x": "AQAB", "y": "AQAB"},
        {"kty": "oct", "kid": "secret", "k": "AQAB"},
    ],
)
def test_a_key_that_cannot_be_used_is_passed_over(publisher, clock, stytch_key, entry):
    publisher.published["keys"].insert(0, entry)

    assert KeySet(publisher, clock=clock).find(stytch_key.kid) is not None


@pytest.mark.parametrize(
    "answer",
    [{}, {"keys": None}, {"keys": 5}, {"keys": {"a": 1}}, {"keys": []}, {"keys": [{"kty": "EC"}]}],
)
def test_an_answer_without_a_usable_key_leaves_the_keys_that_we_have(
    keys, publisher, clock, stytch_key, answer
):
    keys.find(stytch_key.kid)
    publisher.published = answer
    clock.now += 3601

    assert keys.find(stytch_key.kid) is not None


@pytest.mark.parametrize("answer", [{}, {"keys": []}])
def test_an_answer_without_a_usable_key_is_a_failed_fetch(publisher, clock, stytch_key, answer):
    publisher.published = answer

    with pytest.raises(Unavailable):
        KeySet(publisher, clock=clock).find(stytch_key.kid)


def test_keys_are_fetched_from_the_projects_address(configure):
    with serving(static_answer(200, '{"keys": []}')) as stytch:
        configure(STYTCH_BASE_URL=stytch.url)

        with pytest.raises(Unavailable):
            key_set().find("jwk-test-1")

    assert stytch.calls == [f"GET /v1/sessions/jwks/{PROJECT_ID}"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500])
def test_an_answer_that_is_an_error_is_not_taken_for_an_empty_key_set(configure, status):
    with serving(static_answer(status, '{"status_code": 404, "error_type": "x"}')) as stytch:
        configure(STYTCH_BASE_URL=stytch.url)

        with pytest.raises(Unavailable):
            key_set().find("jwk-test-1")
