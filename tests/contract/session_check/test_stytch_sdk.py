"""shared/auth/stytch/sdk.py: calls of the official SDK, and every way in which they fail."""

from __future__ import annotations

import json
from contextlib import ExitStack

import pytest
import requests
from starlette.responses import Response

from shared.auth.pkce import code_challenge
from shared.auth.stytch import client as stytch_client
from shared.auth.stytch import sdk
from shared.auth.stytch.error_types import CREDENTIALS_REFUSED
from shared.auth.stytch.session import SessionToken
from shared.errors import (
    Conflict,
    Invalid,
    LatchkeyError,
    Throttled,
    Unauthenticated,
    Unavailable,
)
from tests.support.upstreams import serving, static_answer

VERIFIER = "v" * 64
UNKNOWN_TOKEN = "A" * 44


@pytest.fixture
def landing(emulator):
    return f"{emulator.base_url}/landing"


@pytest.fixture
def mailed(emulator, config, landing):
    """Asks for a login link in the browser that holds VERIFIER; answers the token mailed."""

    def ask(email="ada@example.com"):
        sdk.send_login_link(email, landing, code_challenge(VERIFIER))
        return emulator.newest_token()

    return ask


@pytest.fixture
def answering(configure):
    """Makes Stytch answer every call in one way."""
    with ExitStack() as running:

        def begin(status, body):
            service = running.enter_context(serving(static_answer(status, body)))
            configure(STYTCH_BASE_URL=service.url)

        yield begin


def test_a_login_link_is_redeemed_for_a_session(mailed):
    session = sdk.redeem_link(mailed(), VERIFIER, {})

    assert (session.principal.email, session.principal.confirmed) == ("ada@example.com", True)


def test_a_session_lasts_as_long_as_the_setting_says(emulator, landing, configure):
    configure(STYTCH_BASE_URL=emulator.base_url, SESSION_DURATION_MINUTES="60")
    sdk.send_login_link("ada@example.com", landing, code_challenge(VERIFIER))

    session = sdk.redeem_link(emulator.newest_token(), VERIFIER, {})

    theirs = emulator.client().sessions.authenticate(session_token=session.session_token)
    lasting = theirs.session.expires_at - theirs.session.started_at
    assert round(lasting.total_seconds() / 60) == 60


def test_a_link_works_once(mailed):
    token = mailed()
    sdk.redeem_link(token, VERIFIER, {})

    with pytest.raises(Unauthenticated) as refused:
        sdk.redeem_link(token, VERIFIER, {})

    assert refused.value.code == "link_expired"


def test_a_link_that_is_too_old_does_not_work(emulator, mailed):
    token = mailed()
    emulator.advance(days=8)

    with pytest.raises(Unauthenticated) as refused:
        sdk.redeem_link(token, VERIFIER, {})

    assert refused.value.code == "link_expired"


def test_a_link_that_nobody_sent_does_not_work(config):
    with pytest.raises(Unauthenticated) as refused:
        sdk.redeem_link(UNKNOWN_TOKEN, VERIFIER, {})

    assert refused.value.code == "link_invalid"


@pytest.mark.parametrize("verifier", [None, "w" * 64])
def test_a_link_does_not_work_in_another_browser(mailed, verifier):
    with pytest.raises(Unauthenticated) as refused:
        sdk.redeem_link(mailed(), verifier, {})

    assert refused.value.code == "wrong_browser"


@pytest.mark.parametrize("verifier", [None, VERIFIER])
def test_an_invitation_works_in_any_browser(emulator, config, landing, verifier):
    sdk.send_invitation("grace@example.com", "Grace Hopper", None, landing)

    session = sdk.redeem_link(emulator.newest_token(), verifier, {})

    assert (session.principal.email, session.principal.name) == (
        "grace@example.com",
        "Grace Hopper",
    )


def test_an_invited_role_is_kept_in_trusted_metadata(emulator, config, landing):
    sdk.send_invitation("grace@example.com", "", "admin", landing)

    session = sdk.redeem_link(emulator.newest_token(), None, {})

    assert (session.principal.is_admin, "admin" in session.principal.roles) == (True, True)
    user = emulator.client().users.get(session.principal.subject)
    assert user.trusted_metadata == {"roles": ["admin"]}


def test_an_invitation_gives_no_role_to_an_account_that_is_in_use(emulator, config, landing):
    emulator.sign_in("grace@example.com")
    emulator.advance(seconds=1)

    with pytest.raises(Conflict) as refused:
        sdk.send_invitation("grace@example.com", "", "admin", landing)

    assert refused.value.code == "account_exists"


def test_an_invitation_that_was_revoked_does_not_work(emulator, config, landing):
    sdk.send_invitation("grace@example.com", "", None, landing)
    token = emulator.newest_token()

    sdk.revoke_invitation("grace@example.com")

    with pytest.raises(Unauthenticated):
        sdk.redeem_link(token, None, {})


def test_a_session_that_is_revoked_is_over(emulator, mailed):
    session = sdk.redeem_link(mailed(), VERIFIER, {})

    sdk.revoke_session(SessionToken("session_token", session.session_token))

    answer = emulator.call(
        "POST", "/v1/sessions/authenticate", json={"session_token": session.session_token}
    )
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("kind", "value"),
    [("session_token", UNKNOWN_TOKEN), ("session_jwt", "a.b.c"), ("session_token", "x")],
)
def test_to_end_a_session_that_is_none_is_done(config, kind, value):
    sdk.revoke_session(SessionToken(kind, value))


def test_to_delete_a_user_twice_is_done(emulator, config):
    user_id = emulator.sign_in().user_id

    sdk.delete_user(user_id)
    sdk.delete_user(user_id)

    assert emulator.call("GET", f"/v1/users/{user_id}").status_code == 404


def test_to_revoke_an_invitation_that_is_none_is_done(config):
    sdk.revoke_invitation("nobody@example.com")


@pytest.mark.parametrize("address", ["not an address", "ada@", ""])
def test_an_address_that_stytch_refuses_is_a_bad_field(config, landing, address):
    with pytest.raises(Invalid) as refused:
        sdk.send_login_link(address, landing, code_challenge(VERIFIER))

    assert [error.field for error in refused.value.fields] == ["email"]


def test_a_landing_that_stytch_does_not_list_is_our_own_fault(config):
    with pytest.raises(Unavailable):
        sdk.send_login_link("ada@example.com", "https://evil.example", code_challenge("v"))


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ("too_many_requests", Throttled),
        ("internal_server_error", Unavailable),
        ("bad_gateway", Unavailable),
        ("malformed_json", Unavailable),
    ],
)
def test_a_stytch_in_trouble_is_an_outcome_of_ours(emulator, config, landing, fault, outcome):
    emulator.admin("POST", "/faults", kind=fault)

    with pytest.raises(outcome):
        sdk.send_login_link("ada@example.com", landing, code_challenge(VERIFIER))


def test_a_stytch_that_hangs_is_unavailable(emulator, config, landing, monkeypatch):
    monkeypatch.setattr(stytch_client, "UPSTREAM_ANSWER_SECONDS", 0.2)
    emulator.admin("POST", "/faults", kind="hang")

    with pytest.raises(Unavailable):
        sdk.send_login_link("ada@example.com", landing, code_challenge(VERIFIER))


def test_a_stytch_that_cannot_be_reached_is_unavailable(configure):
    configure(STYTCH_BASE_URL="http://127.0.0.1:9")

    with pytest.raises(Unavailable):
        sdk.delete_user("user-test-1")


@pytest.mark.parametrize("status", [200, 400, 404, 500, 503])
@pytest.mark.parametrize("body", ["", "<html>", "[]", "{}", "null", '"text"', "5", '{"a": 1}'])
def test_no_answer_whatever_leaks_an_exception_of_the_sdk(answering, status, body):
    answering(status, body)

    with pytest.raises(LatchkeyError):
        sdk.delete_user("user-test-1")


@pytest.mark.parametrize("status", [200, 400, 404, 500])
@pytest.mark.parametrize("body", ["", "<html>", "[]", "{}", "null", '{"a": 1}'])
def test_no_answer_to_a_link_leaks_an_exception_of_the_sdk(answering, status, body):
    answering(status, body)

    with pytest.raises(LatchkeyError):
        sdk.redeem_link(UNKNOWN_TOKEN, VERIFIER, {})


@pytest.mark.parametrize("error_type", ["too_many_requests", "brand_new_error"])
def test_nothing_of_what_stytch_says_is_repeated(answering, error_type):
    answering(
        400,
        f'{{"status_code": 400, "request_id": "r", "error_type": "{error_type}", '
        '"error_message": "hush", "error_url": "https://hush.example"}',
    )

    with pytest.raises(LatchkeyError) as failed:
        sdk.delete_user("user-test-1")

    assert "hush" not in str(failed.value)


def test_every_call_waits_2_seconds_for_a_connection_and_4_for_an_answer(config, monkeypatch):
    waited = []

    def note(self, request, **options):
        waited.append(options["timeout"])
        raise requests.ConnectionError

    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", note)
    with pytest.raises(Unavailable):
        sdk.delete_user("user-test-1")

    assert waited == [(2.0, 4.0)]


def test_a_session_without_the_name_is_better_than_none(emulator, config, landing):
    sdk.send_invitation("grace@example.com", "Grace Hopper", None, landing)
    emulator.admin(
        "POST", "/faults", kind="internal_server_error", path="/v1/sessions/authenticate"
    )

    session = sdk.redeem_link(emulator.newest_token(), None, {})

    assert session.principal.email == "grace@example.com"


@pytest.mark.parametrize("error_type", sorted(CREDENTIALS_REFUSED))
def test_credentials_of_ours_that_are_refused_have_a_code_of_their_own(answering, error_type):
    answering(401, refusal(401, error_type))

    with pytest.raises(LatchkeyError) as failed:
        sdk.delete_user("user-test-1")

    assert failed.value.code == "stytch_credentials"


def test_an_address_that_the_project_does_not_allow_is_a_bad_field(answering, landing):
    answering(403, refusal(403, "email_not_in_allowlist"))

    with pytest.raises(Invalid):
        sdk.send_login_link("ada@example.com", landing, code_challenge(VERIFIER))


def test_too_many_requests_are_the_visitors_fault_only_where_mail_is_sent(answering):
    answering(429, refusal(429, "too_many_requests"))

    with pytest.raises(Unavailable) as failed:
        sdk.delete_user("user-test-1")

    assert failed.value.code == "stytch_unavailable"


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(configure, status):
    elsewhere = static_answer(200, '{"status_code": 200, "request_id": "r"}')
    with serving(elsewhere) as other:
        redirect = static_answer(status, "{}", Location=f"{other.url}/page")
        with serving(redirect) as stytch:
            configure(STYTCH_BASE_URL=stytch.url)

            with pytest.raises(Unavailable):
                sdk.revoke_session(SessionToken("session_token", UNKNOWN_TOKEN))

    assert other.calls == []


REPLY = {
    "status_code": 200,
    "request_id": "r",
    "session_token": "opaque",
    "session_jwt": "a.b.c",
    "session": {
        "user_id": "user-test-1",
        "expires_at": "2026-11-28T09:00:00Z",
        "authentication_factors": [
            {"type": "telepathy", "delivery_method": "thought", "telepathy_factor": {"depth": 5}},
            {"type": "magic_link", "email_factor": {"email_address": "ada@example.com"}},
        ],
    },
    "user": {"name": {"first_name": "Ada", "last_name": "Lovelace"}, "status": "brand new"},
}


def answering_by_path(**answers):
    """A service that answers each family of endpoints in its own way: a status and a body."""

    def build(_url):
        async def app(scope, receive, send):
            status, body = answers[scope["path"].split("/")[2]]
            await Response(body, status, media_type="application/json")(scope, receive, send)

        return app

    return build


@pytest.mark.parametrize(
    "second",
    [
        (200, "<html>"),
        (200, "{}"),
        (200, "[]"),
        (429, "{}"),
        (500, ""),
        (401, '{"error_type": "unauthorized_credentials"}'),
    ],
)
def test_after_the_link_is_spent_the_person_is_in(configure, second):
    service = answering_by_path(magic_links=(200, json.dumps(REPLY)), sessions=second)
    with serving(service) as stytch:
        configure(STYTCH_BASE_URL=stytch.url)

        session = sdk.redeem_link(UNKNOWN_TOKEN, VERIFIER, {})

    assert (session.principal.email, session.session_token) == ("ada@example.com", "opaque")


def refusal(status, error_type):
    return json.dumps(
        {
            "status_code": status,
            "request_id": "r",
            "error_type": error_type,
            "error_message": "m",
            "error_url": "https://stytch.example",
        }
    )
