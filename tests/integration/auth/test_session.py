"""shared/auth/stytch/session.py: reading replies of Stytch's, today's and tomorrow's."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from shared.auth.principal import Principal
from shared.auth.stytch.error_types import CREDENTIALS_REFUSED
from shared.auth.stytch.session import SessionToken, check, full_name, read_session
from shared.errors import Unauthenticated, Unavailable
from tests.support.upstreams import serving, static_answer

SESSION = {
    "user_id": "user-test-1",
    "expires_at": "2026-11-28T09:00:00Z",
    "roles": ["stytch_user"],
    "authentication_factors": [{"email_factor": {"email_address": "Ada@Example.com"}}],
}
USER = {
    "name": {"first_name": "Ada", "last_name": "Lovelace"},
    "emails": [{"email": "ada@example.com", "verified": True}],
    "roles": ["stytch_user"],
    "trusted_metadata": {},
}
REPLY = {"session": SESSION, "user": USER, "session_token": "opaque", "session_jwt": "a.b.c"}


TOKEN = SessionToken("session_token", "A" * 44)


@pytest.fixture(autouse=True)
def configured(configure):
    return configure(ADMIN_EMAILS="chief@example.com")


def read(session=None, user=None, **reply):
    whole = REPLY | {"session": SESSION | (session or {}), "user": USER | (user or {})} | reply
    return read_session(whole)


def test_a_reply_is_read():
    session = read()

    assert session.principal == Principal(
        "stytch:user-test-1",
        "stytch",
        "ada@example.com",
        "Ada Lovelace",
        ("stytch_user",),
        confirmed=True,
    )
    assert (session.session_token, session.session_jwt) == ("opaque", "a.b.c")
    assert session.expires_at == datetime(2026, 11, 28, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["2026-11-28T09:00:00.123456789Z", "2026-11-28T10:00:00+01:00", "2026-11-28T09:00:00Z"]
)
def test_a_time_may_be_written_in_any_way_of_rfc_3339(text):
    assert read({"expires_at": text}).expires_at.replace(microsecond=0) == datetime(
        2026, 11, 28, 9, tzinfo=UTC
    )


def test_what_is_new_to_stytch_does_no_harm():
    factors = [{"type": "telepathy"}, *SESSION["authentication_factors"]]

    session = read({"authentication_factors": factors, "mood": "good"}, {"aura": 5}, verdict=None)

    assert session.principal.email == "ada@example.com"


def test_without_a_factor_that_is_an_address_the_users_verified_one_is_taken():
    emails = [
        {"email": "unproven@example.com", "verified": False},
        {"email": "Proven@example.com", "verified": True},
    ]

    session = read({"authentication_factors": []}, {"emails": emails})

    assert session.principal.email == "proven@example.com"


def test_an_address_that_was_never_proven_is_nobodys():
    emails = [{"email": "chief@example.com", "verified": False}]

    with pytest.raises(Unavailable):
        read({"authentication_factors": []}, {"emails": emails})


@pytest.mark.parametrize(
    ("session", "user"),
    [
        ({"roles": ["admin"]}, {}),
        ({}, {"roles": ["admin"]}),
        ({}, {"trusted_metadata": {"roles": ["admin"]}}),
        (
            {"authentication_factors": [{"email_factor": {"email_address": "chief@example.com"}}]},
            {},
        ),
    ],
)
def test_whoever_stytch_or_the_settings_name_is_an_admin(session, user):
    assert read(session, user).principal.is_admin


@pytest.mark.parametrize(
    "user",
    [
        {"untrusted_metadata": {"roles": ["admin"]}},
        {"trusted_metadata": {"roles": "admin"}},
        {"trusted_metadata": {"roles": {"admin": True}}},
        {"trusted_metadata": {"roles": [["admin"]]}},
        {"trusted_metadata": None},
        {"roles": None},
    ],
)
def test_nobody_else_is(user):
    assert not read(user=user).principal.is_admin


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ({"first_name": "Ada", "last_name": "Lovelace"}, "Ada Lovelace"),
        ({"first_name": "Ada"}, "Ada"),
        ({"last_name": "Lovelace"}, "Lovelace"),
        ({"first_name": "", "last_name": ""}, ""),
        ({}, ""),
        (None, ""),
    ],
)
def test_a_name_is_what_there_is_of_it(name, whole):
    assert full_name({"name": name}) == whole


def test_without_a_name_the_address_is_the_name():
    assert read(user={"name": None}).principal.name == "ada@example.com"


@pytest.mark.parametrize(
    "reply",
    [
        {},
        {"session": None},
        REPLY | {"session": None},
        REPLY | {"session": []},
        REPLY | {"user": None},
        REPLY | {"user": "Ada"},
        REPLY | {"session": SESSION | {"expires_at": None}},
        REPLY | {"session": SESSION | {"expires_at": "soon"}},
        REPLY | {"session": SESSION | {"authentication_factors": 5}},
        REPLY | {"session": SESSION | {"authentication_factors": ["x"]}},
        {name: value for name, value in REPLY.items() if name != "session_token"},
        {name: value for name, value in REPLY.items() if name != "session_jwt"},
    ],
)
def test_a_reply_that_lacks_what_we_need_is_no_verdict_on_the_session(reply):
    with pytest.raises(Unavailable) as failed:
        read_session(reply)

    assert failed.value.code == "stytch_unavailable"


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (401, '{"error_type": "session_not_found"}', Unauthenticated),
        (404, '{"error_type": "session_not_found"}', Unauthenticated),
        (400, '{"error_type": "invalid_session_token"}', Unauthenticated),
        (401, '{"error_type": "unauthorized_credentials"}', Unavailable),
        (400, '{"error_type": "invalid_project_id_authentication"}', Unavailable),
        (401, '{"error_type": "invalid_secret_authentication"}', Unavailable),
        (404, '{"error_type": "project_not_found"}', Unavailable),
        (400, '{"error_type": "brand_new_error"}', Unavailable),
        (403, '{"error_type": "ip_blocked"}', Unavailable),
        (404, '{"error_type": "route_not_found"}', Unavailable),
        (404, '{"error_type": ["session_not_found"]}', Unavailable),
        (200, "{}", Unavailable),
        (200, "[]", Unavailable),
        (200, "<html>", Unavailable),
        (429, "{}", Unavailable),
        (500, '{"error_type": "session_not_found"}', Unavailable),
        (502, "<html>", Unavailable),
    ],
)
def test_a_refusal_is_told_from_trouble(configure, status, body, outcome):
    with serving(static_answer(status, body)) as stytch:
        configure(STYTCH_BASE_URL=stytch.url)

        with pytest.raises(outcome):
            check(TOKEN)


@pytest.mark.parametrize(("status", "body"), [(403, "<html>"), (404, ""), (407, ""), (302, "")])
def test_the_page_of_somebody_in_between_is_no_verdict_on_the_session(configure, status, body):
    with serving(static_answer(status, body)) as stytch:
        configure(STYTCH_BASE_URL=stytch.url)

        with pytest.raises(Unavailable):
            check(TOKEN)


@pytest.mark.parametrize("error_type", sorted(CREDENTIALS_REFUSED))
def test_credentials_of_ours_that_are_refused_have_a_code_of_their_own(configure, error_type):
    with serving(static_answer(401, f'{{"error_type": "{error_type}"}}')) as stytch:
        configure(STYTCH_BASE_URL=stytch.url)

        with pytest.raises(Unavailable) as failed:
            check(TOKEN)

    assert failed.value.code == "stytch_credentials"
