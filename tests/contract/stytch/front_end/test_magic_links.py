"""magicLinks.email.loginOrCreate, .send and magicLinks.authenticate, as the SDK calls them."""

from __future__ import annotations

import base64
import hashlib

import pytest

from local.kit.clock import Clock
from tests.contract.stytch.front_end.page import LINKS, Page, problem
from tests.contract.stytch.under_test import FRONT_END, only_emulator

pytestmark = only_emulator(FRONT_END)


class StoppedClock(Clock):
    """Stands still."""

    def now(self) -> float:
        return 2_000_000_000.0


VERIFIER = "a" * 64
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode()[:43]


def test_a_link_is_mailed_to_a_new_person(page: Page, emulator) -> None:
    answer = page.ask_for_a_link("ada@example.com")

    assert answer.status_code == 200
    assert [mail.to for mail in emulator.mails()] == ["ada@example.com"]


def test_the_answer_does_not_tell_whether_there_was_a_user(page: Page) -> None:
    data = page.ask_for_a_link("ada@example.com").json()["data"]

    assert data.keys() == {"status_code", "request_id"}


def test_the_person_is_the_same_for_the_servers_api(page: Page, client) -> None:
    data = page.sign_in("ada@example.com")

    assert client.users.get(data["user_id"]).emails[0].email == "ada@example.com"
    assert client.sessions.authenticate(session_token=data["session_token"]).status_code == 200


def test_a_link_of_the_servers_api_works_in_a_page(page: Page, client, emulator) -> None:
    client.magic_links.email.login_or_create("ada@example.com")

    assert page.use_link(emulator.newest_token()).status_code == 200


def test_a_link_starts_a_session_of_the_page(page: Page) -> None:
    data = page.sign_in("ada@example.com")

    assert data["session"]["user_id"] == data["user_id"] == data["user"]["user_id"]
    assert data["user"]["emails"][0]["verified"] is True
    assert data["__user"] == data["user"]
    assert data["session"]["attributes"] == {
        "ip_address": "127.0.0.1",
        "user_agent": page.bootstrap().request.headers["User-Agent"],
    }


def test_a_link_works_once(page: Page, emulator) -> None:
    page.sign_in()

    answer = page.use_link(emulator.newest_token())

    assert problem(answer) == (401, "unable_to_auth_magic_link")


def test_a_page_must_say_how_long_the_session_lasts(page: Page, emulator) -> None:
    page.ask_for_a_link("ada@example.com")

    answer = page.use_link(emulator.newest_token(), session_duration_minutes=None)

    assert answer.status_code == 400
    assert answer.json() == {
        "body": [{"dataPath": ".session_duration_minutes", "message": "is required"}]
    }


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"token": 5}, ".token"),
        ({"session_duration_minutes": "60"}, ".session_duration_minutes"),
    ],
)
def test_an_argument_of_the_wrong_type_is_named(page: Page, options, field: str) -> None:
    body = {"token": "x", "session_duration_minutes": 60, **options}

    answer = page.call("POST", "/magic_links/authenticate", body)

    assert [error["dataPath"] for error in answer.json()["body"]] == [field]


def test_pkce_ties_the_link_to_the_page(page: Page, emulator) -> None:
    page.ask_for_a_link("ada@example.com", code_challenge=CHALLENGE)
    token = emulator.newest_token()

    assert problem(page.use_link(token)) == (400, "pkce_expected_code_verifier")
    assert problem(page.use_link(token, code_verifier="b" * 64)) == (400, "pkce_mismatch")
    assert page.use_link(token, code_verifier=VERIFIER).status_code == 200


def test_a_link_leads_to_the_projects_own_pages_only(page: Page) -> None:
    answer = page.ask_for_a_link("ada@example.com", signup_magic_link_url="https://evil.example/")

    assert problem(answer) == (400, "no_match_for_provided_magic_link_url")


def test_what_is_no_address_is_refused(page: Page) -> None:
    assert problem(page.ask_for_a_link("ada")) == (400, "invalid_email")


def test_a_second_mail_in_the_same_second_is_too_many(start_emulator) -> None:
    page = Page(start_emulator(clock=StoppedClock()))
    page.ask_for_a_link("ada@example.com")

    answer = page.ask_for_a_link("ada@example.com")

    assert problem(answer) == (429, "too_many_requests")


def test_send_knows_only_those_who_are_users(page: Page) -> None:
    body = {"email": "nobody@example.com", **LINKS}

    answer = page.call("POST", "/magic_links/email/send/primary", body)

    assert problem(answer) == (404, "email_not_found")


def test_send_mails_to_a_user(page: Page, client, emulator) -> None:
    client.magic_links.email.login_or_create("ada@example.com")
    emulator.advance(seconds=1)

    answer = page.call(
        "POST", "/magic_links/email/send/primary", {"email": "ada@example.com", **LINKS}
    )

    assert answer.json()["data"].keys() == {"status_code", "request_id"}
    assert len(emulator.mails()) == 2


def test_send_adds_an_address_to_the_person_who_is_signed_in(page: Page, emulator) -> None:
    ada = page.sign_in("ada@example.com")
    page.call("POST", "/magic_links/email/send/secondary", {"email": "two@example.com", **LINKS})

    data = page.use_link(emulator.newest_token()).json()["data"]

    assert data["user_id"] == ada["user_id"]
    assert data["session"]["session_id"] == ada["session"]["session_id"]
    assert [email["email"] for email in data["user"]["emails"]] == [
        "ada@example.com",
        "two@example.com",
    ]


def test_nobody_adds_an_address_without_a_session(page: Page) -> None:
    body = {"email": "two@example.com", **LINKS}

    answer = page.call("POST", "/magic_links/email/send/secondary", body)

    assert problem(answer) == (401, "user_unauthenticated")


def test_a_session_that_is_over_does_not_keep_a_person_out(page: Page, emulator) -> None:
    first = page.sign_in()
    emulator.advance(minutes=61)

    second = page.sign_in()

    assert second["session"]["session_id"] != first["session"]["session_id"]


def test_a_link_of_another_person_is_refused_while_one_is_signed_in(page: Page, emulator) -> None:
    page.sign_in("ada@example.com")
    page.ask_for_a_link("grace@example.com")

    answer = page.use_link(emulator.newest_token())

    assert problem(answer) == (404, "session_not_found")


@pytest.mark.parametrize(
    "extra",
    [
        {"session_custom_claims": {"admin": True}},
        {"attributes": {"ip_address": "10.0.0.1", "user_agent": "x"}},
        {"session_jwt": "x"},
    ],
)
def test_a_page_does_not_choose_what_only_a_server_may(page: Page, emulator, extra) -> None:
    page.ask_for_a_link("ada@example.com")

    data = page.use_link(emulator.newest_token(), **extra).json()["data"]

    assert data["session"]["custom_claims"] is None
    assert data["session"]["attributes"]["ip_address"] == "127.0.0.1"


def test_the_sandbox_address_gets_no_mail(page: Page, emulator) -> None:
    assert page.ask_for_a_link("sandbox@stytch.com").status_code == 200
    assert emulator.mails() == []
