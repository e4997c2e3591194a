"""`SIGNUP=invite`: who was not invited is not let in, and is not told so before."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest

from tests.support.clouds import ready_cloud
from tests.support.running_cloud import RunningCloud
from tests.support.visitor import Visitor


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCloud]:
    with ready_cloud(tmp_path_factory, SIGNUP="invite") as running:
        yield running


@pytest.fixture
def guest(cloud: RunningCloud) -> Visitor:
    return Visitor(cloud.url, f"guest-{uuid.uuid4().hex[:8]}@example.com")


def test_a_strangers_login_is_answered_like_anybodys(guest: Visitor) -> None:
    answer = guest.ask_for_link()

    assert answer.json() == {"message": "magic link sent"}
    assert "Set-Cookie" in answer.headers


def test_a_stranger_gets_no_mail(guest: Visitor) -> None:
    guest.ask_for_link()

    with pytest.raises(StopIteration):
        guest.inbox.newest_link(guest.email)


def test_who_was_added_gets_in(guest: Visitor, admin: Visitor) -> None:
    admin.call("POST", "/api/users", json={"email": guest.email})
    guest.ask_for_link()

    landed = guest.follow_link()

    assert landed.headers["Location"] == "/profile"


def test_stytchs_own_limit_does_not_tell_who_is_known(guest: Visitor, admin: Visitor) -> None:
    admin.call("POST", "/api/users", json={"email": guest.email})

    answers = [guest.call("POST", "/api/login", json={"email": guest.email}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 200]


def test_who_was_not_invited_cannot_sign_up_at_identity(guest: Visitor) -> None:
    answer = guest.sign_up()

    assert (answer.status_code, answer.json()["msg"]) == (422, "Failed to handle signup webhook")


def test_who_was_added_can_sign_up_at_identity(guest: Visitor, admin: Visitor) -> None:
    admin.call("POST", "/api/users", json={"email": guest.email, "provider": "netlify"})

    assert guest.sign_up().status_code == 200
    assert guest.confirm().status_code == 200
    assert guest.sign_in().status_code == 200


def test_an_invitation_by_identity_passes_its_own_gate(guest: Visitor, admin: Visitor) -> None:
    answer = admin.call("POST", "/api/invite", json={"email": guest.email, "provider": "netlify"})

    assert answer.status_code == 200
    assert "invite_token" in guest.inbox.newest_link(guest.email)
