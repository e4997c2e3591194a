"""magic_links.email.login_or_create and magic_links.email.send."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.contract.stytch.under_test import OTHERS, only_emulator
from tests.support.stytch_emulator import LANDING, LANDING_WITH_QUERY, refused


def test_a_new_address_makes_an_active_user(client):
    reply = client.magic_links.email.login_or_create("ada@example.com")

    assert reply.user_created is True
    assert client.users.get(reply.user_id).status == "active"


def test_a_new_user_is_pending_when_the_call_says_so(client):
    reply = client.magic_links.email.login_or_create("ada@example.com", create_user_as_pending=True)

    assert client.users.get(reply.user_id).status == "pending"


def test_a_new_users_address_is_not_verified(client):
    reply = client.magic_links.email.login_or_create("ada@example.com")

    assert client.users.get(reply.user_id).emails[0].verified is False


def test_a_known_address_answers_the_same_user(client, emulator):
    first = client.magic_links.email.login_or_create("ada@example.com")
    emulator.advance(seconds=1)

    second = client.magic_links.email.login_or_create("Ada@Example.com")

    assert second.user_created is False
    assert (second.user_id, second.email_id) == (first.user_id, first.email_id)


def test_a_new_user_gets_the_sign_up_mail(client, emulator):
    client.magic_links.email.login_or_create("ada@example.com")

    assert emulator.mails()[0].subject == "Confirm your e-mail to sign up for Latchkey"


def test_a_pending_user_gets_the_sign_up_mail_again(client, emulator):
    client.magic_links.email.login_or_create("ada@example.com", create_user_as_pending=True)
    emulator.advance(seconds=1)

    client.magic_links.email.login_or_create("ada@example.com")

    assert emulator.mails()[0].subject == "Confirm your e-mail to sign up for Latchkey"


def test_an_active_user_gets_the_login_mail(client, emulator):
    client.magic_links.email.login_or_create("ada@example.com")
    emulator.advance(seconds=1)

    client.magic_links.email.login_or_create("ada@example.com")

    assert emulator.mails()[0].subject == "Your login request to Latchkey"


def test_the_mail_goes_to_the_address_and_is_marked_as_stytchs(client, emulator):
    client.magic_links.email.login_or_create("ada@example.com")

    mail = emulator.mails()[0]
    assert (mail.to, mail.provider) == ("ada@example.com", "stytch")


def test_the_link_leads_to_the_default_redirect_url(client, emulator):
    client.magic_links.email.login_or_create("ada@example.com")

    link = urlsplit(emulator.mails()[0].link)
    assert f"{link.scheme}://{link.netloc}{link.path}" == LANDING
    assert parse_qs(link.query)["stytch_token_type"] == ["magic_links"]


def test_the_link_keeps_the_redirect_urls_own_parameters(client, emulator):
    client.magic_links.email.login_or_create(
        "ada@example.com", signup_magic_link_url=LANDING_WITH_QUERY
    )

    link = emulator.mails()[0].link
    assert link.startswith(f"{LANDING_WITH_QUERY}&stytch_token_type=magic_links&token=")


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:8888/landing",
        "http://localhost:8888/landing?next=/other",
        "http://localhost:8888/landing?next=/profile&more=1",
        "https://localhost:8888/landing?next=/profile",
        "http://localhost:9999/landing?next=/profile",
        "http://evil.example/landing?next=/profile",
    ],
)
def test_a_redirect_url_that_is_not_on_the_list_is_refused(client, url):
    with refused(400, "no_match_for_provided_magic_link_url"):
        client.magic_links.email.login_or_create("ada@example.com", signup_magic_link_url=url)


@pytest.mark.parametrize("url", ["", "nonsense", "ftp://localhost/x", "http://[", "http://h:x/"])
def test_a_malformed_redirect_url_is_refused(client, url):
    with refused(400, "invalid_magic_link_url"):
        client.magic_links.email.login_or_create("ada@example.com", signup_magic_link_url=url)


@only_emulator(OTHERS)
def test_a_refused_call_makes_no_user(client):
    with refused(400, "invalid_magic_link_url"):
        client.magic_links.email.login_or_create("ada@example.com", signup_magic_link_url="no")

    assert client.users.search().results == []


def test_www_and_the_bare_domain_are_the_same(start_emulator):
    emulator = start_emulator(redirect_urls=("https://example.com/in",))

    emulator.client().magic_links.email.login_or_create(
        "ada@example.com", signup_magic_link_url="https://www.example.com/in"
    )

    assert emulator.mails()[0].link.startswith("https://www.example.com/in?")


def test_each_kind_of_link_may_have_redirect_urls_of_its_own(start_emulator):
    emulator = start_emulator(signup_redirect_urls=("https://example.com/welcome",))

    emulator.client().magic_links.email.login_or_create("ada@example.com")

    assert emulator.mails()[0].link.startswith("https://example.com/welcome?")


def test_a_project_without_redirect_urls_sends_nothing(start_emulator):
    emulator = start_emulator(redirect_urls=())

    with refused(400, "no_signup_redirect_urls_set"):
        emulator.client().magic_links.email.login_or_create("ada@example.com")


@pytest.mark.parametrize("minutes", [4, 10081, -1, 0])
def test_a_link_lives_five_minutes_to_seven_days(client, minutes):
    with refused(400, "invalid_expiration"):
        client.magic_links.email.login_or_create(
            "ada@example.com", signup_expiration_minutes=minutes
        )


@pytest.mark.parametrize("email", ["", "ada", "@example.com", "ada@", "a b@example.com", "a@b@c.d"])
def test_a_malformed_address_is_refused(client, email):
    with refused(400, "invalid_email"):
        client.magic_links.email.login_or_create(email)


@pytest.mark.parametrize("challenge", ["", "short", "a" * 42, "a" * 44, "+" * 43])
def test_a_code_challenge_must_be_a_sha_256_hash(client, challenge):
    with refused(400, "invalid_pkce_code_challenge"):
        client.magic_links.email.login_or_create("ada@example.com", code_challenge=challenge)


def test_another_address_has_a_window_of_its_own(client, emulator):
    client.magic_links.email.login_or_create("ada@example.com")

    client.magic_links.email.login_or_create("grace@example.com")

    assert [mail.to for mail in emulator.mails()] == ["grace@example.com", "ada@example.com"]


def test_send_reaches_a_known_user(client, emulator):
    known = client.magic_links.email.login_or_create("ada@example.com")
    emulator.advance(seconds=1)

    reply = client.magic_links.email.send("ada@example.com")

    assert (reply.user_id, reply.email_id) == (known.user_id, known.email_id)
    assert emulator.mails()[0].subject == "Your login request to Latchkey"


def test_send_refuses_an_unknown_address(client):
    with refused(404, "email_not_found"):
        client.magic_links.email.send("nobody@example.com")


def test_send_adds_an_address_to_the_user_named(client):
    user = client.magic_links.email.login_or_create("ada@example.com")

    client.magic_links.email.send("lovelace@example.com", user_id=user.user_id)

    emails = client.users.get(user.user_id).emails
    assert [email.email for email in emails] == ["ada@example.com", "lovelace@example.com"]


def test_send_adds_an_address_to_the_user_of_the_session(client, emulator):
    session = emulator.sign_in("ada@example.com")

    reply = client.magic_links.email.send(
        "lovelace@example.com", session_token=session.session_token
    )

    assert reply.user_id == session.user_id


def test_send_refuses_to_take_another_users_address(client):
    ada = client.magic_links.email.login_or_create("ada@example.com")
    client.magic_links.email.login_or_create("grace@example.com")

    with refused(400, "duplicate_email"):
        client.magic_links.email.send("grace@example.com", user_id=ada.user_id)


def test_send_refuses_two_ways_of_naming_the_user(client, emulator):
    session = emulator.sign_in("ada@example.com")

    with refused(400, "too_many_user_selection_arguments"):
        client.magic_links.email.send(
            "lovelace@example.com", user_id=session.user_id, session_jwt=session.session_jwt
        )
