"""shared/auth/identity_admin.py: invitations and roles at Identity, and answers that are none."""

from __future__ import annotations

import uuid

import pytest
import requests
from starlette.responses import Response

from shared.auth import identity_admin
from shared.auth.client_context import Identity, NetlifyContext
from shared.errors import Conflict, Invalid, Unavailable
from tests.support.configuration import IDENTITY_SECRET
from tests.support.upstreams import serving, static_answer
from tests.support.world import context

TAKEN = '{"code": 422, "msg": "Email address already registered by another user"}'
NO_ADDRESS = '{"code": 422, "msg": "Unable to validate email address: no such host"}'


@pytest.fixture
def identity(world, configure_for_world):
    return identity_admin.operator(context(world))


@pytest.fixture
def email():
    return f"guest-{uuid.uuid4().hex[:8]}@example.com"


def record_of(identity, email):
    user_id = identity_admin.find_user_id(identity, email)
    headers = {"Authorization": f"Bearer {identity.operator_token}"}
    url = f"{identity.url}/admin/users/{user_id}"
    return requests.get(url, headers=headers, timeout=10).json()


def test_an_invitation_makes_an_account_with_the_name(identity, email):
    identity_admin.invite(identity, email, "Wim Sonn", None)

    record = record_of(identity, email)
    assert record["user_metadata"] == {"full_name": "Wim Sonn"}
    assert record["app_metadata"] == {"provider": "email"}
    assert "confirmed_at" not in record


def test_an_invited_role_is_kept_in_app_metadata(identity, email):
    identity_admin.invite(identity, email, "", "admin")

    assert record_of(identity, email)["app_metadata"] == {"provider": "email", "roles": ["admin"]}


def test_an_address_inside_another_is_not_the_other(identity, email):
    identity_admin.invite(identity, f"x{email}", "", None)

    assert identity_admin.find_user_id(identity, email) is None


def test_an_account_is_found_behind_many_whose_address_contains_its_own(
    identity, email, monkeypatch
):
    monkeypatch.setattr(identity_admin, "_PER_PAGE", 2)
    for address in (email, f"a{email}", f"b{email}", f"c{email}"):
        identity_admin.invite(identity, address, "", None)

    assert record_of(identity, email)["email"] == email


def test_the_operators_token_comes_with_the_call(world):
    assert identity_admin.operator(context(world)).url == world.identity.url


def test_the_operators_token_is_made_where_the_secret_is_known(world, configure_for_world):
    assert identity_admin.operator(None).url == world.identity.url


@pytest.mark.parametrize("context_of_call", [None, NetlifyContext(None, None)])
def test_without_either_it_is_said_what_is_missing(configure, context_of_call):
    configure(NETLIFY_IDENTITY_URL="https://site.example/.netlify/identity")

    with pytest.raises(Conflict) as refused:
        identity_admin.operator(context_of_call)

    assert refused.value.code == "operator_token_missing"


def test_an_address_that_identity_refuses_is_the_visitors_mistake():
    with serving(static_answer(422, NO_ADDRESS)) as service, pytest.raises(Invalid):
        identity_admin.invite(Identity(service.url, "operator"), "a@b.c", "", None)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (401, '{"code": 401, "msg": "User not allowed"}'),
        (403, "<html>"),
        (404, "404 page not found"),
        (422, "{}"),
        (422, '{"code": 422, "msg": "Failed to handle signup webhook"}'),
        (422, '{"code": 400, "msg": "Email address already registered by another user"}'),
        (500, "{}"),
        (204, ""),
        (200, "{}"),
    ],
)
def test_an_answer_that_cannot_be_used_is_an_outage(status, body):
    with serving(static_answer(status, body)) as service, pytest.raises(Unavailable):
        identity_admin.invite(Identity(service.url, "operator"), "a@b.c", "", None)


@pytest.mark.parametrize("found", ["{}", '{"users": {}}', '{"users": [5, null, {}]}', "[]"])
def test_a_list_that_cannot_be_read_is_an_outage_for_an_invitation(found):
    def build(_url):
        async def app(scope, receive, send):
            status, body = (422, TAKEN) if scope["method"] == "POST" else (200, found)
            await Response(body, status, media_type="application/json")(scope, receive, send)

        return app

    with serving(build) as service, pytest.raises(Unavailable):
        identity_admin.invite(Identity(service.url, "operator"), "a@b.c", "", None)


def test_a_secret_of_another_instance_is_refused_as_an_outage(world, configure_for_world):
    configure_for_world(NETLIFY_IDENTITY_SECRET=IDENTITY_SECRET[::-1])

    with pytest.raises(Unavailable):
        identity_admin.find_user_id(identity_admin.operator(None), "a@b.c")
