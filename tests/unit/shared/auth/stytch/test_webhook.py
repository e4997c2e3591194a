"""Which events of Stytch are believed: by Svix's signature, within five minutes."""

from __future__ import annotations

import pytest

from shared.auth.stytch import webhook
from shared.errors import Malformed, Unauthenticated
from tests.support.configuration import Configure
from tests.support.webhook_signing import (
    OTHER_STYTCH_SECRET,
    STYTCH_SECRET,
    STYTCH_USER,
    signed_by_svix,
    stytch_event,
)

BODY = stytch_event("UPDATE")


@pytest.fixture(autouse=True)
def _secret(configure: Configure) -> None:
    configure(STYTCH_WEBHOOK_SECRET=STYTCH_SECRET)


def refusal(headers: dict[str, str], body: str = BODY) -> str:
    with pytest.raises(Unauthenticated) as caught:
        webhook.read_event(headers, body.encode())
    return caught.value.code


def test_a_signed_event_names_its_user() -> None:
    event = webhook.read_event(signed_by_svix(BODY), BODY.encode())

    assert event is not None
    assert event == ("stytch", "UPDATE", STYTCH_USER, "", False)
    assert event.principal_id == f"stytch:{STYTCH_USER}"


def test_a_signed_deletion_is_one() -> None:
    body = stytch_event("DELETE")

    event = webhook.read_event(signed_by_svix(body), body.encode())

    assert event is not None
    assert event.is_deletion


@pytest.mark.parametrize("age", [-290, 0, 290])
def test_clocks_may_differ_by_five_minutes(age: int) -> None:
    assert webhook.read_event(signed_by_svix(BODY, age=age), BODY.encode())


@pytest.mark.parametrize("age", [-310, 310])
def test_what_is_older_or_newer_is_refused(age: int) -> None:
    assert refusal(signed_by_svix(BODY, age=age)) == "signature_invalid"


def test_another_secret_is_refused() -> None:
    assert refusal(signed_by_svix(BODY, OTHER_STYTCH_SECRET)) == "signature_invalid"


def test_the_signature_of_another_body_is_refused() -> None:
    assert refusal(signed_by_svix(BODY), stytch_event("DELETE")) == "signature_invalid"


@pytest.mark.parametrize("name", ["svix-id", "svix-timestamp", "svix-signature"])
def test_every_header_is_needed(name: str) -> None:
    headers = signed_by_svix(BODY)
    del headers[name]

    assert refusal(headers) == "signature_invalid"


@pytest.mark.parametrize(
    "signature", ["", "v1", "v1,", "v1,é", "v1,%%%", "v2,AAAA", "v1a,AAAA v1,AAAA", ", ,", " "]
)
def test_what_is_no_signature_is_refused(signature: str) -> None:
    headers = signed_by_svix(BODY) | {"svix-signature": signature}

    assert refusal(headers) == "signature_invalid"


@pytest.mark.parametrize("timestamp", ["", "now", "nan", "inf", "-1", "1e400", "9" * 400])
def test_what_is_no_time_is_refused(timestamp: str) -> None:
    assert refusal(signed_by_svix(BODY) | {"svix-timestamp": timestamp}) == "signature_invalid"


def test_one_good_signature_of_several_is_enough() -> None:
    headers = signed_by_svix(BODY)
    other = signed_by_svix(BODY, OTHER_STYTCH_SECRET)
    both = f"{other['svix-signature']} {headers['svix-signature']}"

    assert webhook.read_event(headers | {"svix-signature": both}, BODY.encode())


def test_without_a_secret_nothing_is_believed(configure: Configure) -> None:
    configure()

    assert refusal(signed_by_svix(BODY)) == "webhook_not_configured"


@pytest.mark.parametrize(
    "body",
    [
        stytch_event("UPDATE", object_type="member"),
        stytch_event("UPDATE", project_id="project-test-another"),
        stytch_event("UPDATE", user_id=""),
        stytch_event("UPDATE", user_id="user test"),
        stytch_event("UPDATE", id=7),
    ],
)
def test_what_is_not_about_a_user_of_ours_is_no_event(body: str) -> None:
    assert webhook.read_event(signed_by_svix(body), body.encode()) is None


@pytest.mark.parametrize("body", ["", "[]", "{}", "null", '{"action": 1', "[" * 100_000])
def test_a_signed_body_that_cannot_be_read_is_malformed(body: str) -> None:
    with pytest.raises(Malformed):
        webhook.read_event(signed_by_svix(body), body.encode())


def test_a_body_that_is_no_text_is_refused() -> None:
    with pytest.raises(Unauthenticated):
        webhook.read_event(signed_by_svix(BODY), b"\xff\xfe")
