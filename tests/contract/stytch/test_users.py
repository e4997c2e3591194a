"""users.get, users.update, users.delete, and debug.whoami."""

from __future__ import annotations

import pytest

from tests.contract.stytch.under_test import ROLES, only_emulator
from tests.support.stytch_emulator import refused

UNKNOWN = "user-test-00000000-0000-4000-8000-000000000000"


@pytest.fixture
def user_id(client) -> str:
    return client.magic_links.email.login_or_create("ada@example.com").user_id


def test_get_answers_the_users_fields(client, user_id):
    user = client.users.get(user_id)

    assert user.user_id == user_id
    assert user.emails[0].email == "ada@example.com"
    assert user.roles == ["stytch_user"]
    assert user.is_locked is False


def test_an_unknown_user_is_not_found(client):
    with refused(404, "user_not_found"):
        client.users.get(UNKNOWN)


@pytest.mark.parametrize("user_id", ["user-test-1", "a b", "a?b=c", "é"])
def test_a_malformed_user_id_is_refused(client, user_id):
    with refused(400, "invalid_user_id"):
        client.users.get(user_id)


def test_a_user_id_with_slashes_reaches_no_other_route(client):
    with refused(404, "route_not_found"):
        client.users.get("../debug/whoami")


def test_update_sets_the_name(client, user_id):
    reply = client.users.update(user_id, name={"first_name": "Ada", "last_name": "Lovelace"})

    assert (reply.user.name.first_name, reply.user.name.last_name) == ("Ada", "Lovelace")


def test_update_merges_metadata_and_null_removes_a_key(client, user_id):
    client.users.update(user_id, trusted_metadata={"a": 1, "b": {"c": 2}})

    reply = client.users.update(user_id, trusted_metadata={"a": None, "b": {"d": 3}})

    assert reply.user.trusted_metadata == {"b": {"d": 3}}


def test_update_leaves_alone_what_is_not_sent(client, user_id):
    client.users.update(user_id, name={"first_name": "Ada"}, untrusted_metadata={"theme": "dark"})

    client.users.update(user_id, trusted_metadata={"plan": "pro"})

    user = client.users.get(user_id)
    assert user.name.first_name == "Ada"
    assert user.untrusted_metadata == {"theme": "dark"}


@only_emulator(ROLES)
def test_assigned_roles_come_after_the_default_one(client, user_id):
    reply = client.users.update(user_id, roles=["admin", "editor"])

    assert reply.user.roles == ["stytch_user", "admin", "editor"]


@pytest.mark.parametrize(
    ("metadata", "error_type"),
    [
        ({str(number): 1 for number in range(21)}, "metadata_too_many_keys"),
        ({"long": "x" * 4096}, "metadata_too_large"),
    ],
)
def test_metadata_has_limits(client, user_id, metadata, error_type):
    with refused(400, error_type):
        client.users.update(user_id, untrusted_metadata=metadata)


@pytest.mark.parametrize("roles", ["admin", [1]])
def test_roles_must_be_an_array_of_strings(client, user_id, roles):
    with refused(400, "invalid_argument"):
        client.users.update(user_id, roles=roles)


def test_an_external_id_stands_for_the_user_id(client, user_id):
    client.users.update(user_id, external_id="crm|42")

    assert client.users.get("crm|42").user_id == user_id


def test_an_external_id_belongs_to_one_user(client, user_id):
    client.users.update(user_id, external_id="crm-42")
    grace = client.magic_links.email.login_or_create("grace@example.com")

    with refused(400, "duplicate_user_external_id"):
        client.users.update(grace.user_id, external_id="crm-42")


def test_a_malformed_external_id_is_refused(client, user_id):
    with refused(400, "invalid_argument"):
        client.users.update(user_id, external_id="no spaces")


def test_a_deleted_user_is_not_found(client, user_id):
    client.users.delete(user_id)

    with refused(404, "user_not_found"):
        client.users.get(user_id)


def test_deleting_twice_finds_nothing(client, user_id):
    client.users.delete(user_id)

    with refused(404, "user_not_found"):
        client.users.delete(user_id)


def test_a_deleted_users_sessions_end(client, emulator):
    ada = emulator.sign_in()

    client.users.delete(ada.user_id)

    with refused(404, "session_not_found"):
        client.sessions.authenticate(session_token=ada.session_token)


def test_a_deleted_users_address_is_free(client, emulator, user_id):
    client.users.delete(user_id)
    emulator.advance(seconds=1)

    reply = client.magic_links.email.login_or_create("ada@example.com")

    assert reply.user_created is True
    assert reply.user_id != user_id


def test_whoami_names_the_project(client, emulator):
    reply = client.debug.whoami()

    assert reply.project_id == emulator.project_id
    assert reply.name
