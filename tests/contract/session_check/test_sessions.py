"""shared/auth/stytch/sessions.py lists and ends what Stytch's official SDK lists and has ended."""

from __future__ import annotations

import pytest
from starlette.responses import JSONResponse, Response

from shared.auth.pkce import code_challenge
from shared.auth.principal import Principal
from shared.auth.stytch import sdk, sessions
from shared.auth.stytch.session import SessionToken, check
from shared.errors import Conflict, StytchUnavailable, Unauthenticated
from tests.support.upstreams import serving, static_answer

pytestmark = pytest.mark.usefixtures("config")

VERIFIER = "v" * 43
DEVICE = {"ip_address": "2001:db8::7", "user_agent": "Firefox/150.0"}


@pytest.fixture
def signed_in(emulator):
    """Signs in once more by the SDK, a minute later; answers the principal."""

    def sign_in():
        emulator.advance(minutes=1)
        session = emulator.sign_in("ada@example.com")
        return check(SessionToken("session_token", session.session_token)).principal

    return sign_in


def listed_by_the_sdk(emulator, caller):
    return emulator.client().sessions.get(caller.subject).sessions


def test_the_same_sessions_are_listed(emulator, signed_in):
    signed_in()
    caller = signed_in()

    ours = sessions.find_own(caller)

    theirs = listed_by_the_sdk(emulator, caller)
    assert {session["id"] for session in ours} == {session.session_id for session in theirs}
    assert [session["current"] for session in ours] == [True, False]


def test_the_sdk_lists_what_a_link_was_followed_with(emulator):
    landing = f"{emulator.base_url}/landing"
    sdk.send_login_link("ada@example.com", landing, code_challenge(VERIFIER))
    caller = sdk.redeem_link(emulator.newest_token(), VERIFIER, DEVICE).principal

    [session] = listed_by_the_sdk(emulator, caller)

    assert session.attributes.model_dump() == DEVICE
    assert sessions.find_own(caller)[0]["ip_address"] == DEVICE["ip_address"]


def test_what_we_end_is_over_for_the_sdk(emulator, signed_in):
    former, caller = signed_in(), signed_in()

    was_current = sessions.end_own(caller, former.session_id)

    assert was_current is False
    assert [session.session_id for session in listed_by_the_sdk(emulator, caller)] == [
        caller.session_id
    ]


def test_a_session_that_the_sdk_has_ended_lists_no_others(emulator, signed_in):
    former, caller = signed_in(), signed_in()
    emulator.client().sessions.revoke(session_id=former.session_id)

    with pytest.raises(Unauthenticated, match="session_invalid"):
        sessions.find_own(former)

    assert listed_by_the_sdk(emulator, caller)


def test_the_sessions_of_a_deleted_user_are_over(emulator, signed_in):
    caller = signed_in()
    emulator.client().users.delete(caller.subject)

    with pytest.raises(Unauthenticated, match="session_invalid"):
        sessions.find_own(caller)


def test_a_user_of_identity_asks_nobody(signed_in, configure):
    caller = signed_in()._replace(provider="netlify")
    configure(STYTCH_BASE_URL="http://127.0.0.1:9")

    with pytest.raises(Conflict, match="sessions_not_listed"):
        sessions.find_own(caller)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, "{}"),
        (200, '{"sessions": null}'),
        (200, '{"sessions": [{}]}'),
        (404, "{}"),
        (500, "{}"),
    ],
)
def test_an_answer_that_says_nothing_of_sessions_is_an_outage(signed_in, configure, status, body):
    caller = signed_in()
    with serving(static_answer(status, body)) as service:
        configure(STYTCH_BASE_URL=service.url)

        with pytest.raises(StytchUnavailable):
            sessions.find_own(caller)


def session_object(session_id):
    time = "2026-11-27T12:00:00Z"
    times = dict.fromkeys(("started_at", "last_accessed_at", "expires_at"), time)
    return {"session_id": session_id, "attributes": None} | times


def listing_two(status, body):
    """A service that lists the sessions "own" and "other", and answers a revocation like this."""

    async def answer(scope, receive, send):
        listed = {"sessions": [session_object("own"), session_object("other")]}
        revoked = Response(body, status, media_type="application/json")
        await (JSONResponse(listed) if scope["method"] == "GET" else revoked)(scope, receive, send)

    return lambda _url: answer


@pytest.mark.parametrize(("status", "body"), [(200, "{}"), (200, ""), (404, "{}"), (302, "{}")])
def test_a_session_is_over_only_where_stytch_itself_says_so(configure, status, body):
    caller = Principal("stytch:user-1", "stytch", "a@example.com", "Ada", session_id="own")
    with serving(listing_two(status, body)) as service:
        configure(STYTCH_BASE_URL=service.url)

        with pytest.raises(StytchUnavailable):
            sessions.end_own(caller, "other")


def test_a_session_is_believed_no_more_where_every_request_asks(configure):
    configure(CONFIRM="always")

    assert sessions.seconds_still_believed() == 0
