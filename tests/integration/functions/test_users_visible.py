"""`USERS_VISIBLE=admins`: members read no row of `users` but their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.clouds import ready_cloud
from tests.support.running_cloud import RunningCloud
from tests.support.visitor import Visitor


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCloud]:
    with ready_cloud(tmp_path_factory, USERS_VISIBLE="admins") as running:
        yield running


@pytest.fixture(scope="module")
def rows(admin: Visitor, member: Visitor) -> dict[str, Any]:
    """The rows of the member and of the admin, by who they are."""
    members_id = member.call("GET", "/api/me").json()["id"]
    admin.call("GET", "/api/me")
    listed = admin.call("GET", "/api/users").json()
    found = {row["principal_id"]: row for row in listed}
    return {"member": found.pop(members_id), "admin": next(iter(found.values()))}


def test_an_admin_reads_everybody(admin: Visitor, rows: dict[str, Any]) -> None:
    answer = admin.call("GET", f"/api/users/{rows['member']['id']}")

    assert (answer.status_code, answer.json()) == (200, rows["member"])


def test_a_member_reads_no_list(member: Visitor) -> None:
    answer = member.call("GET", "/api/users")

    assert (answer.status_code, answer.json()["code"]) == (403, "admin_only")


def test_a_member_reads_their_own_row(member: Visitor, rows: dict[str, Any]) -> None:
    answer = member.call("GET", f"/api/users/{rows['member']['id']}")

    assert (answer.status_code, answer.json()) == (200, rows["member"])


def test_a_member_does_not_learn_who_is_there(member: Visitor, rows: dict[str, Any]) -> None:
    known = member.call("GET", f"/api/users/{rows['admin']['id']}")
    unknown = member.call("GET", "/api/users/999999")

    assert (known.status_code, known.json()["code"]) == (403, "admin_only")
    assert (unknown.status_code, unknown.json()["code"]) == (403, "admin_only")
