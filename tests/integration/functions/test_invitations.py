"""Invitations by either provider, with a role, and what becomes of them."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from tests.support.visitor import Visitor, wait_for_next_second

PROVIDERS = ["stytch", "netlify"]


@pytest.fixture
def guest(admin: Visitor) -> Visitor:
    return Visitor(admin.base_url, f"guest-{uuid.uuid4().hex[:8]}@example.com")


def invite(admin: Visitor, guest: Visitor, **fields: str) -> Any:
    return admin.call("POST", "/api/invite", json={"email": guest.email, **fields})


def accept(guest: Visitor, provider: str) -> None:
    {"stytch": guest.follow_link, "netlify": guest.accept_invitation}[provider]()


def row_of(admin: Visitor, guest: Visitor) -> dict[str, Any]:
    rows = admin.call("GET", "/api/users?limit=200").json()
    return next(row for row in rows if row["email"] == guest.email)


def test_without_a_provider_stytch_invites(admin: Visitor, guest: Visitor) -> None:
    invite(admin, guest)

    assert "/api/authenticate?" in guest.inbox.newest_link(guest.email)
    assert row_of(admin, guest)["provider"] == "stytch"


def test_identity_invites_where_it_is_asked_for(admin: Visitor, guest: Visitor) -> None:
    answer = invite(admin, guest, provider="netlify", name="Wim Sonn")

    row = row_of(admin, guest)
    assert (answer.status_code, answer.json()) == (200, {"message": "magic link sent"})
    assert "/#invite_token=" in guest.inbox.newest_link(guest.email)
    assert (row["provider"], row["principal_id"], row["name"]) == ("netlify", None, "Wim Sonn")


@pytest.mark.parametrize("provider", PROVIDERS)
def test_who_accepts_is_known_by_the_invited_name_and_claims_the_row(
    admin: Visitor, guest: Visitor, provider: str
) -> None:
    invite(admin, guest, provider=provider, name="Wim Sonn")
    invited = row_of(admin, guest)

    accept(guest, provider)
    me = guest.call("GET", "/api/me").json()

    row = row_of(admin, guest)
    assert (me["name"], me["provider"], "admin" in me["roles"]) == ("Wim Sonn", provider, False)
    assert (row["id"], row["principal_id"]) == (invited["id"], me["id"])
    assert row["last_seen_at"] is not None


@pytest.mark.parametrize("provider", PROVIDERS)
def test_who_is_invited_as_an_admin_is_one(admin: Visitor, guest: Visitor, provider: str) -> None:
    invite(admin, guest, provider=provider, role="admin")

    accept(guest, provider)

    added = guest.call("POST", "/api/users", json={"email": f"by-{guest.email}"})
    assert added.status_code == 201


def test_an_invitation_by_identity_may_be_sent_again(admin: Visitor, guest: Visitor) -> None:
    invite(admin, guest, provider="netlify")
    invited = row_of(admin, guest)

    again = invite(admin, guest, provider="netlify", role="admin")

    assert (again.status_code, row_of(admin, guest)) == (200, invited)
    guest.accept_invitation()
    assert guest.call("GET", "/api/me").json()["roles"] == ["admin"]


def test_who_signed_up_before_with_somebody_elses_address_is_not_invited(
    admin: Visitor, guest: Visitor
) -> None:
    guest.sign_up()  # by a stranger, with a password of theirs

    invite(admin, guest, provider="netlify", role="admin")

    token = guest.inbox.newest_link(guest.email).partition("#invite_token=")[2]
    body = {"type": "signup", "token": token, "password": "the owner's"}
    accepted = guest.call("POST", "/.netlify/identity/verify", json=body)
    assert (accepted.status_code, guest.sign_in().status_code) == (200, 400)


def test_identity_mails_an_account_in_use_again_after_a_pause(
    admin: Visitor, guest: Visitor
) -> None:
    invite(admin, guest, provider="netlify")
    guest.accept_invitation()
    mailed = invite(admin, guest, provider="netlify")

    again = invite(admin, guest, provider="netlify")

    assert (mailed.status_code, again.status_code) == (200, 429)
    assert again.json()["code"] == "too_many_requests"
    assert 0 < int(again.headers["Retry-After"]) <= 900


@pytest.mark.parametrize("provider", PROVIDERS)
def test_who_has_an_account_gets_a_mail_and_no_role(
    admin: Visitor, guest: Visitor, provider: str
) -> None:
    invite(admin, guest, provider=provider)
    accept(guest, provider)
    wait_for_next_second()

    refused = invite(admin, guest, provider=provider, role="admin")
    mailed = invite(admin, guest, provider=provider)

    assert (refused.status_code, refused.json()["code"]) == (409, "account_exists")
    assert mailed.status_code == 200


@pytest.mark.parametrize(
    ("field", "value"), [("provider", "auth0"), ("role", "owner"), ("role", ["admin"])]
)
def test_an_unknown_provider_or_role_is_refused(
    admin: Visitor, guest: Visitor, field: str, value: str
) -> None:
    answer = invite(admin, guest, **{field: value})

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_the_row_of_an_invitation_is_completed(admin: Visitor, guest: Visitor) -> None:
    invite(admin, guest, provider="netlify")
    invited = row_of(admin, guest)

    body = {"email": guest.email, "name": "Wim", "provider": "netlify"}
    answer = admin.call("POST", "/api/users", json=body)

    assert (answer.status_code, answer.json()) == (201, {"id": invited["id"]})
    assert row_of(admin, guest)["name"] == "Wim"


def test_a_deleted_invitation_by_identity_is_spoilt(admin: Visitor, guest: Visitor) -> None:
    invite(admin, guest, provider="netlify")

    deleted = admin.call("DELETE", f"/api/users/{row_of(admin, guest)['id']}")

    assert deleted.status_code == 200
    assert guest.accept_invitation().status_code == 404


def test_a_deleted_user_of_identity_is_gone_there_and_writes_nothing(
    admin: Visitor, guest: Visitor
) -> None:
    invite(admin, guest, provider="netlify")
    guest.accept_invitation()
    guest.call("GET", "/api/me")

    deleted = admin.call("DELETE", f"/api/users/{row_of(admin, guest)['id']}")

    written = guest.call("POST", "/api/issues", json={"title": "A ghost's"})
    assert deleted.status_code == 200
    assert (written.status_code, written.json()["code"]) == (401, "account_deleted")
    assert guest.call("GET", "/api/me").json()["code"] == "account_deleted"
    assert guest.sign_in().status_code == 400


def test_who_was_never_seen_is_deleted_at_identity_all_the_same(
    admin: Visitor, guest: Visitor
) -> None:
    invite(admin, guest, provider="netlify")
    guest.accept_invitation()

    admin.call("DELETE", f"/api/users/{row_of(admin, guest)['id']}")

    assert guest.sign_in().status_code == 400


def test_a_password_user_appears_with_their_first_issue(admin: Visitor, guest: Visitor) -> None:
    guest.sign_up()
    guest.confirm()
    guest.sign_in()

    guest.call("POST", "/api/issues", json={"title": "Hello"})

    row = row_of(admin, guest)
    assert (row["provider"], row["name"]) == ("netlify", "Lin Chen")
