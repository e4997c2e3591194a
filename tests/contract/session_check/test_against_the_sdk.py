"""shared/auth/stytch/session.py: our own session check says what Stytch's official SDK says."""

from __future__ import annotations

import base64
import json

import pydantic
import pytest
import requests
from stytch.core.response_base import StytchError

from shared.auth import upstream_http
from shared.auth.stytch.session import SessionToken, check
from shared.errors import LatchkeyError, Unauthenticated, Unavailable

pytestmark = pytest.mark.usefixtures("config")

UNKNOWN = "A" * 44


def sdk_says(emulator, **token):
    """What the SDK's outcome means: ok, unauthenticated, or unavailable."""
    try:
        emulator.client().sessions.authenticate(**token)
    except StytchError as error:
        status = error.details.status_code
        return "unavailable" if status == 429 or status >= 500 else "unauthenticated"
    except (requests.RequestException, pydantic.ValidationError):
        return "unavailable"
    return "ok"


def we_say(**token):
    [(kind, value)] = token.items()
    try:
        check(SessionToken(kind, value))
    except Unauthenticated:
        return "unauthenticated"
    except Unavailable:
        return "unavailable"
    return "ok"


@pytest.fixture
def tokens(emulator):
    """Tokens by a short name: of a live session, of one that is over, and of none."""
    live = emulator.sign_in("ada@example.com")
    revoked = emulator.sign_in("revoked@example.com")
    emulator.client().sessions.revoke(session_token=revoked.session_token)
    deleted = emulator.sign_in("deleted@example.com")
    emulator.client().users.delete(deleted.user_id)
    header, payload, signature = live.session_jwt.split(".")
    return {
        "live": {"session_token": live.session_token},
        "live jwt": {"session_jwt": live.session_jwt},
        "revoked": {"session_token": revoked.session_token},
        "revoked jwt": {"session_jwt": revoked.session_jwt},
        "of a deleted user": {"session_token": deleted.session_token},
        "of a deleted user, jwt": {"session_jwt": deleted.session_jwt},
        "unknown": {"session_token": UNKNOWN},
        "garbage": {"session_token": "🦊"},
        "garbage jwt": {"session_jwt": "a.b.c"},
        "changed jwt": {"session_jwt": f"{header}.{payload}.{signature[::-1]}"},
        "unsigned jwt": {"session_jwt": f"{_part({'alg': 'none'})}.{payload}."},
        "empty": {"session_token": ""},
    }


def _part(content):
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


NAMES = [
    "live",
    "live jwt",
    "revoked",
    "revoked jwt",
    "of a deleted user",
    "of a deleted user, jwt",
    "unknown",
    "garbage",
    "garbage jwt",
    "changed jwt",
    "unsigned jwt",
    "empty",
]


@pytest.mark.parametrize("name", NAMES)
def test_both_give_the_same_verdict_on_a_token(emulator, config, tokens, name):
    assert we_say(**tokens[name]) == sdk_says(emulator, **tokens[name])


@pytest.mark.parametrize("name", ["live", "live jwt"])
def test_both_accept_a_live_session(emulator, config, tokens, name):
    assert (we_say(**tokens[name]), sdk_says(emulator, **tokens[name])) == ("ok", "ok")


def test_both_accept_the_expired_jwt_of_a_live_session(emulator, config):
    session = emulator.sign_in()
    emulator.advance(minutes=10)

    verdicts = [
        we_say(session_jwt=session.session_jwt),
        sdk_says(emulator, session_jwt=session.session_jwt),
    ]

    assert verdicts == ["ok", "ok"]


@pytest.mark.parametrize("kind", ["session_token", "session_jwt"])
def test_both_refuse_a_session_that_has_expired(emulator, config, kind):
    session = emulator.sign_in()
    emulator.advance(minutes=61)
    token = {kind: getattr(session, kind)}

    assert (we_say(**token), sdk_says(emulator, **token)) == (
        "unauthenticated",
        "unauthenticated",
    )


@pytest.mark.parametrize(
    "fault", ["too_many_requests", "internal_server_error", "bad_gateway", "malformed_json"]
)
def test_both_hear_no_verdict_from_a_stytch_in_trouble(emulator, config, fault):
    token = {"session_token": emulator.sign_in().session_token}
    emulator.admin("POST", "/faults", kind=fault, count=2, path="/v1/sessions/authenticate")

    assert (we_say(**token), sdk_says(emulator, **token)) == ("unavailable", "unavailable")


def test_a_stytch_that_hangs_gives_no_verdict(emulator, config, monkeypatch):
    monkeypatch.setattr(upstream_http, "UPSTREAM_ANSWER_SECONDS", 0.2)
    emulator.admin("POST", "/faults", kind="hang", path="/v1/sessions/authenticate")

    assert we_say(session_token=UNKNOWN) == "unavailable"


def test_both_read_the_same_session(emulator, config):
    session_token = emulator.sign_in("ada@example.com").session_token

    ours = check(SessionToken("session_token", session_token))
    theirs = emulator.client().sessions.authenticate(session_token=session_token)

    assert ours.principal.id == f"stytch:{theirs.session.user_id}"
    assert ours.principal.email == theirs.user.emails[0].email
    assert set(ours.principal.roles) == set(theirs.session.roles)
    assert ours.session_token == theirs.session_token
    assert ours.expires_at == theirs.session.expires_at


def test_the_jwt_that_comes_back_is_one_that_the_sdk_accepts(emulator, config):
    ours = check(SessionToken("session_token", emulator.sign_in().session_token))

    assert emulator.client().sessions.authenticate_jwt_local(ours.session_jwt) is not None


def test_a_session_that_was_asked_about_is_of_a_confirmed_principal(emulator, config):
    ours = check(SessionToken("session_token", emulator.sign_in().session_token))

    assert ours.principal.confirmed


def test_the_users_name_and_roles_of_trusted_metadata_are_read(emulator, config):
    session = emulator.sign_in("ada@example.com")
    emulator.client().users.update(
        session.user_id,
        name={"first_name": "Ada", "last_name": "Lovelace"},
        trusted_metadata={"roles": ["admin"]},
    )

    principal = check(SessionToken("session_token", session.session_token)).principal

    assert (principal.name, principal.is_admin) == ("Ada Lovelace", True)


def test_metadata_that_users_may_set_themselves_makes_no_admin(emulator, config):
    session = emulator.sign_in("ada@example.com")
    emulator.client().users.update(session.user_id, untrusted_metadata={"roles": ["admin"]})

    assert not check(SessionToken("session_token", session.session_token)).principal.is_admin


def test_credentials_of_ours_that_are_wrong_are_no_verdict_on_the_session(emulator, configure):
    configure(STYTCH_BASE_URL=emulator.base_url, STYTCH_SECRET="wrong")

    with pytest.raises(LatchkeyError) as failed:
        check(SessionToken("session_token", UNKNOWN))

    assert failed.value.code == "stytch_credentials"
