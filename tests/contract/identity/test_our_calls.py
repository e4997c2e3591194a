"""What our functions ask of Identity, and the texts of refusals by which they act.

shared/auth/identity_refusals.py knows these texts; each has a test here.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest

from shared.auth import identity_admin, netlify
from shared.auth.client_context import Identity as Instance
from shared.auth.provider_record import NO_SUCH_USER
from shared.errors import Invalid, Unauthenticated
from tests.contract.identity.caller import SECRET, Identity
from tests.contract.identity.under_test import IS_GOTRUE
from tests.support.configuration import Configure
from tests.support.configuration import configure as configure
from tests.support.netlify_proxy import proxied

EMAIL = "lin@example.com"


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
        EMAIL,
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
