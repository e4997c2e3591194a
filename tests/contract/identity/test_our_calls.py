"""What our functions ask of Identity, and the texts of refusals by which they act.

shared/auth/identity_refusals.py knows these texts; each has a test here.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator

import pytest

from shared.auth import identity_admin, identity_webhook, netlify
from shared.auth.client_context import Identity as Instance
from shared.auth.provider_event import ProviderEvent
from shared.auth.provider_record import NO_SUCH_USER
from shared.errors import Invalid, Unauthenticated
from tests.contract.identity.caller import SECRET, Identity
from tests.contract.identity.under_test import IS_GOTRUE
from tests.support.configuration import Configure
from tests.support.configuration import configure as configure
from tests.support.netlify_proxy import proxied
from tests.support.receiver import Receiver

EMAIL = "lin@example.com"
WEBHOOK_SECRET = "the secret of the webhook under test, as long as it must be"
EVENTS = ("validate", "signup", "login", "usermodified", "userdeleted")


@pytest.fixture
def instance(identity: Identity, configure: Configure) -> Iterator[Instance]:
    """The Identity of a site as a function is told of it, its settings too."""
    operator = identity.operator()["Authorization"].removeprefix("Bearer ")
    if IS_GOTRUE:
        with proxied(identity.url, {"x-nf-sign": str(identity.headers["x-nf-sign"])}) as url:
            configure(NETLIFY_IDENTITY_URL=url)
            yield Instance(url, operator)
    else:
        configure(NETLIFY_IDENTITY_URL=identity.url)
        yield Instance(identity.url, operator)


@pytest.fixture
def token_of_nobody(identity: Identity, instance: Instance) -> str:
    """A good token, whose user is deleted."""
    user = identity.confirmed_user(EMAIL)
    token = str(identity.password_grant(EMAIL).json()["access_token"])
    netlify.delete_user(instance, user["id"])
    return token


def test_a_token_names_its_user(identity, instance):
    user = identity.confirmed_user(EMAIL, full_name="Lin")
    token = identity.password_grant(EMAIL).json()["access_token"]

    principal = netlify.ask_by_token(token)

    assert (principal.id, principal.email, principal.name) == (
        f"netlify:{user['id']}",
        identity.address(EMAIL),
        "Lin",
    )


def test_the_secret_verifies_a_token_as_identity_itself_does(identity, instance, configure):
    identity.confirmed_user(EMAIL)
    token = identity.password_grant(EMAIL).json()["access_token"]
    asked = netlify.ask_by_token(token)
    configure(NETLIFY_IDENTITY_URL=instance.url, NETLIFY_IDENTITY_SECRET=SECRET)

    verified = netlify.verify_bearer(token)

    assert (verified.id, verified.email) == (asked.id, asked.email)


@pytest.mark.parametrize("token", ["x", "a.b.c"])
def test_invalid_token_is_said_of_a_bad_one(instance, token):
    with pytest.raises(Unauthenticated):
        netlify.ask_by_token(token)


def test_invalid_token_is_said_of_a_bad_one_that_signs_out(instance):
    assert netlify.sign_out(instance.url, "x") is False


def test_user_not_found_is_said_of_the_token_of_a_deleted_user(instance, token_of_nobody):
    with pytest.raises(Unauthenticated):
        netlify.ask_by_token(token_of_nobody)


def test_invalid_user_is_said_of_a_deleted_user_who_signs_out(instance, token_of_nobody):
    assert netlify.sign_out(instance.url, token_of_nobody) is False


def test_user_not_found_is_said_of_an_unknown_id(instance):
    assert identity_admin.find_user(instance, str(uuid.uuid4())) == NO_SUCH_USER


def test_user_not_found_is_said_after_a_deletion_and_of_a_second_one(identity, instance):
    user = identity.confirmed_user(EMAIL)
    netlify.delete_user(instance, user["id"])

    netlify.delete_user(instance, user["id"])

    assert identity.get(f"/admin/users/{user['id']}", headers=identity.operator()).json() == {
        "code": 404,
        "msg": "User not found",
    }


def test_signing_out_ends_every_session(identity, instance):
    identity.confirmed_user(EMAIL)
    tokens = identity.password_grant(EMAIL).json()

    assert netlify.sign_out(instance.url, tokens["access_token"]) is True

    assert identity.refresh_grant(tokens["refresh_token"]).status_code == 400


def test_an_invitation_is_mailed_and_gives_its_role(identity, instance):
    identity_admin.invite(instance, EMAIL, "Lin", "editor")

    [mail] = identity.mails()
    user_id = identity.get("/admin/users", headers=identity.operator()).json()["users"][0]["id"]
    record = identity.get(f"/admin/users/{user_id}", headers=identity.operator()).json()
    assert mail["subject"] == "You have been invited"
    assert record["app_metadata"] == {"provider": "email", "roles": ["editor"]}


@pytest.mark.usefixtures("filtering")
def test_an_address_that_is_taken_is_mailed_a_way_in(identity, instance):
    identity.confirmed_user(EMAIL)

    identity_admin.invite(instance, EMAIL, "Lin", None)

    assert identity.mails()[0]["subject"] == "Reset Your Password"


@pytest.mark.usefixtures("filtering")
def test_an_address_that_nobody_has_confirmed_is_invited_anew(identity, instance):
    identity.post("/signup", json={"email": EMAIL, "password": "somebody else's"})

    identity_admin.invite(instance, EMAIL, "Lin", None)

    assert identity.mails()[0]["subject"] == "You have been invited"


@pytest.mark.parametrize("email", ["lin", "a b@example.com"])
def test_an_address_that_is_none_is_refused(instance, email):
    with pytest.raises(Invalid):
        identity_admin.invite(instance, email, "", None)


class TestEvents:
    """What Identity tells our functions of its users, and they read by its signature."""

    @pytest.fixture
    def happenings(self, receiver: Receiver) -> Callable[[Identity], str]:
        """Lets all happen to a user that is told; returns the id."""

        def happen(site: Identity) -> str:
            user_id = str(site.confirmed_user(EMAIL)["id"])
            site.password_grant(EMAIL)
            change = {"user_metadata": {"full_name": "Lin Chen"}}
            site.put(f"/admin/users/{user_id}", json=change, headers=site.operator())
            site.delete(f"/admin/users/{user_id}", headers=site.operator())
            return user_id

        return happen

    def test_every_webhook_is_read(self, start, configure, receiver, happenings):
        configure(IDENTITY_WEBHOOK_SECRET=WEBHOOK_SECRET)
        user_id = happenings(start(webhook_url=receiver.url, webhook_secret=WEBHOOK_SECRET))

        events = [
            identity_webhook.read_webhook(one.headers, one.body.encode())
            for one in receiver.received
        ]

        assert events == [
            ProviderEvent("netlify", kind, user_id, EMAIL, kind == "userdeleted") for kind in EVENTS
        ]

    def test_every_call_of_an_event_function_is_read(self, start, configure, receiver, happenings):
        configure(NETLIFY_IDENTITY_SECRET=SECRET)
        user_id = happenings(start(function_hooks=dict.fromkeys(EVENTS, receiver.url)))

        events = [
            identity_webhook.read_event_function(one.headers, one.body.encode())
            for one in receiver.received
        ]

        assert [(event.kind, event.user_id) for event in events] == [
            (kind, user_id) for kind in EVENTS
        ]

    def test_one_signed_with_another_secret_is_refused(
        self, start, configure, receiver, happenings
    ):
        configure(IDENTITY_WEBHOOK_SECRET=f"not {WEBHOOK_SECRET}")
        happenings(start(webhook_url=receiver.url, webhook_secret=WEBHOOK_SECRET))

        with pytest.raises(Unauthenticated):
            identity_webhook.read_webhook(
                receiver.received[0].headers, receiver.received[0].body.encode()
            )
