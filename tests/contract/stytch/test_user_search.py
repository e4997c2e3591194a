"""users.search: filters and pages."""

from __future__ import annotations

import pytest

from tests.contract.stytch.under_test import OTHERS, only_emulator
from tests.support.stytch_emulator import refused


@pytest.fixture
def ada(client, emulator):
    """An active user with a verified address."""
    return emulator.sign_in("ada@example.com").user


@pytest.fixture
def grace(client):
    """A pending user with a name."""
    name = {"first_name": "Grace", "last_name": "Hopper"}
    reply = client.magic_links.email.invite("grace@example.org", name=name)
    return client.users.get(reply.user_id)


def found(client, *operands, operator="AND"):
    query = {
        "operator": operator,
        "operands": [{"filter_name": name, "filter_value": value} for name, value in operands],
    }
    return [user.emails[0].email for user in client.users.search(query=query).results]


@only_emulator(OTHERS)
def test_without_a_query_everybody_is_found(client, ada, grace):
    reply = client.users.search()

    assert [user.user_id for user in reply.results] == [ada.user_id, grace.user_id]
    assert (reply.results_metadata.total, reply.results_metadata.next_cursor) == (2, None)


@only_emulator(OTHERS)
def test_without_operands_everybody_is_found(client, ada, grace):
    assert found(client) == ["ada@example.com", "grace@example.org"]


@only_emulator(OTHERS)
@pytest.mark.parametrize(
    ("filter_name", "filter_value"),
    [
        ("email_address", ["Grace@Example.org"]),
        ("email_address_fuzzy", "example.ORG"),
        ("email_verified", False),
        ("status", "pending"),
        ("full_name_fuzzy", "hop"),
    ],
)
def test_a_filter_finds_grace_alone(client, ada, grace, filter_name, filter_value):
    assert found(client, (filter_name, filter_value)) == ["grace@example.org"]


def test_users_are_found_by_id(client, ada, grace):
    assert found(client, ("user_id", [ada.user_id])) == ["ada@example.com"]


def test_users_are_found_by_the_id_of_an_address(client, ada, grace):
    assert found(client, ("email_id", [ada.emails[0].email_id])) == ["ada@example.com"]


def test_and_needs_every_operand(client, ada, grace):
    operands = [("status", "active"), ("email_address", ["grace@example.org"])]

    assert found(client, *operands, operator="AND") == []


@only_emulator(OTHERS)
def test_or_needs_one_operand(client, ada, grace):
    operands = [("status", "active"), ("email_address", ["grace@example.org"])]

    assert found(client, *operands, operator="OR") == ["ada@example.com", "grace@example.org"]


@only_emulator(OTHERS)
def test_pages_follow_the_cursor(client, ada, grace):
    first = client.users.search(limit=1)

    second = client.users.search(limit=1, cursor=first.results_metadata.next_cursor)

    assert [first.results[0].user_id, second.results[0].user_id] == [ada.user_id, grace.user_id]
    assert second.results_metadata.next_cursor is None


@only_emulator(OTHERS)
def test_the_sdk_walks_all_pages(client, ada, grace):
    pages = list(client.users.search_all(limit=1))

    assert [page.results[0].user_id for page in pages] == [ada.user_id, grace.user_id]


@pytest.mark.parametrize("limit", [0, -1, 1001])
def test_a_limit_outside_1_to_1000_is_refused(client, limit):
    with refused(400, "user_search_invalid_limit"):
        client.users.search(limit=limit)


@pytest.mark.parametrize("cursor", ["x", "-1", "²", "9" * 10])
def test_a_made_up_cursor_is_refused(client, cursor):
    with refused(400, "user_search_invalid_cursor"):
        client.users.search(cursor=cursor)


@pytest.mark.parametrize(
    ("filter_name", "filter_value", "error_type"),
    [
        ("shoe_size", "44", "user_search_filter_name_not_recognized"),
        ("status", ["active"], "user_search_expected_string"),
        ("email_address", "ada@example.com", "user_search_expected_array_of_string"),
        ("user_id", [1], "user_search_expected_array_of_string"),
        ("email_verified", "yes", "user_search_expected_bool"),
    ],
)
def test_a_filter_it_cannot_use_is_refused(client, filter_name, filter_value, error_type):
    with refused(400, error_type):
        found(client, (filter_name, filter_value))


def test_an_unknown_operator_is_refused(client):
    with refused(400, "user_search_invalid_operator"):
        found(client, operator="XOR")
