"""A token that a process has verified is not verified again; its times are looked at each time."""

from __future__ import annotations

import time

import jwt
import pytest

from shared.auth import identity_token
from shared.auth.credentials import JwtHeader
from shared.auth.stytch.session_jwt import key_set, verify_session_jwt
from shared.errors import Unauthenticated
from tests.support.configuration import IDENTITY_SECRET
from tests.support.signing import session_claims

USER = {"sub": "6b1f", "email": "ada@example.com"}


@pytest.fixture
def later(monkeypatch):
    """Moves the clock so many seconds ahead."""
    now = time.time

    def move(seconds):
        monkeypatch.setattr(time, "time", lambda: now() + seconds)

    return move


@pytest.fixture
def count_decodings(monkeypatch):
    decoded = []
    decode = jwt.decode
    monkeypatch.setattr(jwt, "decode", lambda *args, **kw: decoded.append(1) or decode(*args, **kw))
    return decoded


@pytest.fixture
def identity(configure):
    configure(NETLIFY_IDENTITY_SECRET=IDENTITY_SECRET)
    return jwt.encode({**USER, "exp": int(time.time()) + 60}, IDENTITY_SECRET)


@pytest.fixture
def session(configure, stytch_key):
    configure()
    key_set()._keys = {stytch_key.kid: jwt.PyJWK(stytch_key.jwk(), algorithm="RS256")}
    key_set()._fetched_at = time.monotonic()
    return stytch_key.sign(session_claims()), JwtHeader("RS256", stytch_key.kid)


def test_identitys_token_is_decoded_once(identity, count_decodings):
    answers = [identity_token.verify(identity) for _ in range(3)]

    assert [answer["sub"] for answer in answers] == ["6b1f"] * 3
    assert len(count_decodings) == 1


def test_identitys_token_expires_while_it_is_remembered(identity, later):
    identity_token.verify(identity)
    later(75)

    with pytest.raises(Unauthenticated) as refused:
        identity_token.verify(identity)
    assert refused.value.code == "token_expired"


def test_identitys_token_is_forgotten_with_its_secret(identity, configure):
    identity_token.verify(identity)
    configure(NETLIFY_IDENTITY_SECRET="another secret, which is as long as it has to be")

    with pytest.raises(Unauthenticated) as refused:
        identity_token.verify(identity)
    assert refused.value.code == "token_invalid"


def test_a_bad_token_is_looked_at_each_time(identity, count_decodings):
    for _ in range(2):
        with pytest.raises(Unauthenticated):
            identity_token.verify(identity[:-2])

    assert len(count_decodings) == 2


def test_a_session_jwt_is_decoded_once(session, count_decodings):
    answers = [verify_session_jwt(*session) for _ in range(3)]

    assert None not in answers
    assert len(count_decodings) == 1


def test_a_session_jwt_gets_stale_while_it_is_remembered(session, later):
    verify_session_jwt(*session)
    later(300)

    assert verify_session_jwt(*session) is None


def test_a_session_jwt_is_verified_anew_when_its_key_has_changed(session, other_key):
    verify_session_jwt(*session)
    kid = session[1].key_id
    key_set()._keys = {kid: jwt.PyJWK(other_key.jwk(), algorithm="RS256")}

    with pytest.raises(Unauthenticated) as refused:
        verify_session_jwt(*session)
    assert refused.value.code == "token_invalid"
