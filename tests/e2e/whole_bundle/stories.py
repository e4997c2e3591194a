"""The parts of the story, for sites with either provider or both.

A module names its people by fixtures: `lin` signs up with a password, `sam` signs in with a magic
link, `ada` is an admin; `author` and `other` are two members, of whichever provider the site has.
"""

from __future__ import annotations

import re
import uuid

import requests

from tests.e2e.whole_bundle.live import IS_LIVE, live_address, only_local
from tests.support.visitor import Visitor, wait_for_next_second


def new_address(name: str) -> str:
    if IS_LIVE:
        return live_address(name)
    return f"{name}-{uuid.uuid4().hex[:8]}@example.com"


class PasswordStory:
    """Signing up with Netlify Identity."""

    def test_signing_up_answers_the_user_without_a_token(self, lin: Visitor) -> None:
        answer = lin.sign_up()

        assert answer.status_code == 200
        assert "access_token" not in answer.json()

    def test_an_unconfirmed_account_cannot_sign_in(self, lin: Visitor) -> None:
        answer = lin.sign_in()

        assert answer.status_code == 400
        assert answer.json()["error_description"] == "Email not confirmed"

    def test_the_confirmation_link_of_the_outbox_signs_in(self, lin: Visitor) -> None:
        confirmed = lin.confirm()
        signed_in = lin.sign_in()

        assert confirmed.status_code == 200
        assert signed_in.status_code == 200

    def test_me_is_the_identity_user(self, lin: Visitor) -> None:
        me = lin.call("GET", "/.netlify/functions/get/me").json()

        assert me["id"].startswith("netlify:")
        assert {key: me[key] for key in ("provider", "email", "name", "roles")} == {
            "provider": "netlify",
            "email": lin.email,
            "name": "Lin Chen",
            "roles": [],
        }


class MagicLinkStory:
    """Signing in with Stytch."""

    def test_a_magic_link_of_the_outbox_leads_to_the_profile(self, sam: Visitor) -> None:
        asked = sam.ask_for_link()
        landed = sam.follow_link()

        assert asked.json() == {"message": "magic link sent"}
        assert landed.status_code == 303
        assert landed.headers["Location"] == "/profile"

    @only_local("it takes the session without a link")
    def test_the_session_is_kept_in_cookies_that_no_script_can_read(self, sam: Visitor) -> None:
        kept = {cookie.name: cookie for cookie in sam.browser.cookies}

        assert kept["stytch_session"].has_nonstandard_attr("HttpOnly")
        assert kept["stytch_session_jwt"].has_nonstandard_attr("HttpOnly")

    def test_me_is_the_stytch_user(self, sam: Visitor) -> None:
        me = sam.call("GET", "/.netlify/functions/get/me").json()

        assert me["id"].startswith("stytch:user-test-")
        assert me["email"] == sam.email

    def test_a_link_works_once(self, sam: Visitor) -> None:
        again = sam.follow_link()

        assert again.status_code == 401
        assert again.json()["code"] == "link_expired"


class BoardStory:
    """What members and an admin do on the board."""

    def test_a_created_issue_belongs_to_its_creator(
        self, author: Visitor, issue: dict[str, object]
    ) -> None:
        me = author.call("GET", "/api/me").json()

        assert issue["message"] == "Issue created"
        assert issue["title"] == "Água in the café"
        assert issue["status"] == "to-do"
        assert issue["assignee_name"] == me["name"]
        assert issue["assignee_email"] == author.email

    def test_the_list_is_an_array_that_holds_it(
        self, author: Visitor, issue: dict[str, object]
    ) -> None:
        answer = author.call("GET", "/.netlify/functions/get")

        assert isinstance(answer.json(), list)
        assert issue["id"] in [row["id"] for row in answer.json()]

    def test_pages_follow_each_other_by_link(
        self, author: Visitor, issue: dict[str, object]
    ) -> None:
        titles = [f"page {number}" for number in range(4)]
        for title in titles:
            author.call("POST", "/api/issues", json={"title": title})

        first = author.call("GET", "/api/issues?assignee=me&limit=3")
        second = author.call("GET", first.links["next"]["url"])

        assert [row["title"] for row in first.json()] == ["page 3", "page 2", "page 1"]
        assert [row["title"] for row in second.json()] == ["page 0", issue["title"]]
        assert "next" not in second.links

    def test_its_assignee_changes_it(self, author: Visitor, issue: dict[str, object]) -> None:
        answer = author.call("PATCH", f"/api/issues/{issue['id']}", json={"status": "in progress"})

        assert answer.status_code == 200
        assert answer.json()["status"] == "in progress"

    def test_another_member_cannot_change_the_issue(
        self, other: Visitor, issue: dict[str, object]
    ) -> None:
        answer = other.call("PATCH", f"/api/issues/{issue['id']}", json={"title": "mine"})

        assert answer.status_code == 403
        assert answer.json()["code"] == "not_assignee"

    def test_another_member_cannot_delete_the_issue(
        self, other: Visitor, issue: dict[str, object]
    ) -> None:
        answer = other.call("DELETE", f"/api/issues/{issue['id']}")

        assert answer.status_code == 403

    def test_an_admin_may_change_any_issue(self, ada: Visitor, issue: dict[str, object]) -> None:
        answer = ada.call("PATCH", f"/api/issues/{issue['id']}", json={"status": "done"})

        assert answer.json()["status"] == "done"

    def test_its_assignee_deletes_it(self, author: Visitor, issue: dict[str, object]) -> None:
        deleted = author.call("DELETE", f"/.netlify/functions/delete/issues/{issue['id']}")
        found = author.call("GET", f"/.netlify/functions/get/issues/{issue['id']}")

        assert deleted.json() == {"message": "success"}
        assert found.status_code == 404

    def test_every_failure_is_a_problem_with_a_request_id(self, author: Visitor) -> None:
        answer = author.call("GET", "/api/issues/999999999")

        assert answer.headers["Content-Type"] == "application/problem+json"
        assert set(answer.json()) >= {"status", "title", "detail", "code", "request_id"}
        assert re.fullmatch(r"[0-9a-f-]{36}", answer.json()["request_id"])


class InvitationStory:
    """Inviting somebody with Stytch."""

    def test_a_member_cannot_invite(self, other: Visitor) -> None:
        answer = other.call("POST", "/api/invite", json={"email": new_address("friend")})

        assert answer.status_code == 403

    def test_an_admin_invites_and_the_guest_gets_in(self, ada: Visitor, guest: Visitor) -> None:
        invited = ada.call(
            "POST", "/api/invite_user", json={"email": guest.email, "name": "Kit Ode"}
        )
        landed = guest.follow_link()

        assert invited.json() == {"message": "magic link sent"}
        assert landed.headers["Location"] == "/profile"
        assert guest.call("GET", "/api/me").json()["name"] == "Kit Ode"

    def test_the_users_are_those_who_signed_in_or_were_invited(
        self, ada: Visitor, sam: Visitor, guest: Visitor
    ) -> None:
        users = ada.call("GET", "/.netlify/functions/get/users").json()

        assert {sam.email, guest.email} <= {user["email"] for user in users}


class LeavingIdentityStory:
    """Deleting an account of Netlify Identity."""

    def test_deleting_an_account_leaves_no_row(self, lin: Visitor, ada: Visitor) -> None:
        deleted = lin.call("DELETE", "/.netlify/functions/delete")

        board = ada.call("GET", "/api/issues?limit=200").json()
        assert deleted.status_code == 204
        assert lin.email not in [row["assignee_email"] for row in board]

    def test_its_identity_is_gone(self, lin: Visitor) -> None:
        answer = Visitor(lin.base_url, lin.email).sign_in()

        assert answer.status_code == 400
        assert answer.json()["error"] == "invalid_grant"

    def test_its_living_token_cannot_write(self, lin: Visitor) -> None:
        answer = lin.call("POST", "/.netlify/functions/create", json={"title": "a ghost's"})

        assert answer.status_code == 401
        assert answer.json()["code"] == "account_deleted"


class LeavingStytchStory:
    """Signing out of a Stytch session, and deleting the account."""

    def test_signing_out_ends_the_session_for_good(self, sam: Visitor, base_url: str) -> None:
        token = sam.bearer or sam.browser.cookies["stytch_session"]

        signed_out = sam.call("POST", "/.netlify/functions/logout")
        with_the_old_token = requests.get(
            f"{base_url}/api/me", headers={"Authorization": f"Bearer {token}"}, timeout=30
        )

        assert signed_out.json() == {"message": "logged out"}
        assert "stytch_session" not in sam.browser.cookies
        assert with_the_old_token.status_code == 401

    def test_an_account_goes_with_its_rows_and_sessions(self, sam: Visitor, ada: Visitor) -> None:
        wait_for_next_second()
        sam.sign_in_by_link()
        sam.call("POST", "/api/issues", json={"title": "soon gone"})

        deleted = sam.call("DELETE", "/.netlify/functions/delete")

        users = ada.call("GET", "/api/users?limit=200").json()
        assert deleted.status_code == 204
        assert sam.email not in [user["email"] for user in users]
        assert sam.call("GET", "/api/me").status_code == 401
