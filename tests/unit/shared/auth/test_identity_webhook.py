"""Which events of Identity are believed: by GoTrue's signature, within five minutes."""

from __future__ import annotations

import jwt
import pytest

from shared.auth import identity_webhook
from shared.errors import Malformed, Unauthenticated
from tests.support.configuration import IDENTITY_SECRET as INSTANCE_SECRET
from tests.support.configuration import Configure
from tests.support.webhook_signing import (
    IDENTITY_SECRET,
    IDENTITY_USER,
    OTHER_IDENTITY_SECRET,
    identity_event,
    signed_by_gotrue,
)

BODY = identity_event("usermodified", email="Ada@example.com")


@pytest.fixture(autouse=True)
def _secret(configure: Configure) -> None:
    configure(IDENTITY_WEBHOOK_SECRET=IDENTITY_SECRET)


def refusal(headers: dict[str, str], body: str = BODY) -> str:
    with pytest.raises(Unauthenticated) as caught:
        identity_webhook.read_webhook(headers, body.encode())
    return caught.value.code


def test_a_signed_event_names_its_user() -> None:
    event = identity_webhook.read_webhook(signed_by_gotrue(BODY), BODY.encode())

    assert event == ("netlify", "usermodified", IDENTITY_USER, "Ada@example.com", False)


def test_a_signed_deletion_is_one() -> None:
    body = identity_event("userdeleted")

    event = identity_webhook.read_webhook(signed_by_gotrue(body), body.encode())

    assert event is not None
    assert event.is_deletion


@pytest.mark.parametrize("age", [-290, 0, 290])
def test_clocks_may_differ_by_five_minutes(age: int) -> None:
    assert identity_webhook.read_webhook(signed_by_gotrue(BODY, age=age), BODY.encode())


@pytest.mark.parametrize("age", [-310, 310])
def test_what_is_older_or_newer_is_refused(age: int) -> None:
    assert refusal(signed_by_gotrue(BODY, age=age)) == "signature_invalid"


def test_another_secret_is_refused() -> None:
    assert refusal(signed_by_gotrue(BODY, OTHER_IDENTITY_SECRET)) == "signature_invalid"


def test_the_signature_of_another_body_is_refused() -> None:
    assert refusal(signed_by_gotrue(BODY), identity_event("userdeleted")) == "signature_invalid"


@pytest.mark.parametrize("claim", ["iat", "iss", "sha256"])
def test_every_claim_is_needed(claim: str) -> None:
    assert refusal(signed_by_gotrue(BODY, **{claim: None})) == "signature_invalid"


@pytest.mark.parametrize(
    "claims", [{"iss": "netlify"}, {"sha256": 7}, {"sha256": "é"}, {"iat": "now"}]
)
def test_claims_of_another_kind_are_refused(claims: dict[str, object]) -> None:
    assert refusal(signed_by_gotrue(BODY, **claims)) == "signature_invalid"


def test_a_token_of_a_user_signs_no_event() -> None:
    token = jwt.encode({"sub": IDENTITY_USER, "exp": 4102444800}, IDENTITY_SECRET)

    assert refusal({"x-webhook-signature": token}) == "signature_invalid"


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "é.é.é"])
def test_what_is_no_signature_is_refused(token: str) -> None:
    assert refusal({"x-webhook-signature": token}) == "signature_invalid"


def test_an_unsigned_token_is_refused() -> None:
    claims = jwt.decode(
        signed_by_gotrue(BODY)["x-webhook-signature"], options={"verify_signature": False}
    )

    assert refusal({"x-webhook-signature": jwt.encode(claims, None, algorithm="none")})


def test_without_a_secret_nothing_is_believed(configure: Configure) -> None:
    configure()

    assert refusal(signed_by_gotrue(BODY)) == "webhook_not_configured"


@pytest.mark.parametrize("body", [identity_event("userrenamed"), identity_event("login", "")])
def test_what_is_not_known_is_no_event(body: str) -> None:
    assert identity_webhook.read_webhook(signed_by_gotrue(body), body.encode()) is None


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"event": "login", "user": null}', "[" * 99999])
def test_a_signed_body_that_cannot_be_read_is_malformed(body: str) -> None:
    with pytest.raises(Malformed):
        identity_webhook.read_webhook(signed_by_gotrue(body), body.encode())


def test_an_event_function_is_called_with_the_secret_of_the_instance(configure: Configure) -> None:
    configure(
        NETLIFY_IDENTITY_URL="https://site.example/.netlify/identity",
        NETLIFY_IDENTITY_SECRET=INSTANCE_SECRET,
        IDENTITY_WEBHOOK_SECRET=IDENTITY_SECRET,
    )

    event = identity_webhook.read_event_function(
        signed_by_gotrue(BODY, INSTANCE_SECRET), BODY.encode()
    )

    assert event is not None
    with pytest.raises(Unauthenticated):
        identity_webhook.read_event_function(signed_by_gotrue(BODY), BODY.encode())


def test_where_that_secret_is_not_known_such_a_call_is_a_hint() -> None:
    body = identity_event("userdeleted")

    event = identity_webhook.read_event_function({}, body.encode())

    assert event is not None
    assert not event.is_deletion
