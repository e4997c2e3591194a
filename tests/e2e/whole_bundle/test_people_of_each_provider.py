"""Somebody is invited with a role, gets in, has a new name and is deleted at the provider.

Told on a site with each provider alone, and of both on a site that has both; the tests of a story
run in order.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest

from tests.e2e.whole_bundle.live import only_local
from tests.e2e.whole_bundle.stories import new_address
from tests.support.clouds import ready_cloud
from tests.support.dashboards import IdentityDashboard, StytchDashboard
from tests.support.visitor import Visitor

pytestmark = only_local("people there get in by their mails")

WITHIN_SECONDS = 20.0  # for a webhook to arrive
STORIES = ["netlify on netlify", "stytch on stytch", "netlify on both", "stytch on both"]


class Story(NamedTuple):
    """A site, its admin, the guest, and the provider's dashboard."""

    provider: str
    admin: Visitor
    guest: Visitor
    dashboard: IdentityDashboard | StytchDashboard

    def row(self) -> dict[str, Any] | None:
        users = self.admin.call("GET", "/api/users?limit=200").json()
        return next((user for user in users if user["email"] == self.guest.email), None)

    def wait_for_row(self, is_right: Callable[[dict[str, Any] | None], bool]) -> None:
        deadline = time.monotonic() + WITHIN_SECONDS
        while not is_right(row := self.row()):
            assert time.monotonic() < deadline, row
            time.sleep(0.05)


@pytest.fixture(scope="module", params=STORIES)
def story(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Story]:
    provider, _, site = request.param.partition(" on ")
    providers = {"both": "netlify,stytch"}.get(site, site)
    with ready_cloud(tmp_path_factory, PROVIDERS=providers) as cloud:
        admin = Visitor(cloud.url, "ada@example.com")
        sign_in = {"stytch": sign_in_by_link}.get(site, sign_in_by_password)
        sign_in(admin)
        dashboard = {"netlify": IdentityDashboard, "stytch": StytchDashboard}[provider](cloud)
        yield Story(provider, admin, Visitor(cloud.url, new_address("guest")), dashboard)


def sign_in_by_password(visitor: Visitor) -> None:
    visitor.sign_in("latchkey")


def sign_in_by_link(visitor: Visitor) -> None:
    visitor.ask_for_link()
    visitor.follow_link()


def test_an_admin_invites_an_admin(story: Story) -> None:
    body = {"email": story.guest.email, "role": "admin", "provider": story.provider}

    invited = story.admin.call("POST", "/api/invite", json=body)

    assert (invited.status_code, invited.json()) == (200, {"message": "magic link sent"})


def test_the_guest_accepts_and_is_an_admin(story: Story) -> None:
    accept = {"netlify": story.guest.accept_invitation, "stytch": story.guest.follow_link}
    accept[story.provider]()

    guest = story.guest.call("GET", "/api/me").json()

    assert (guest["provider"], guest["email"]) == (story.provider, story.guest.email)
    assert story.guest.call("DELETE", "/api/users/999999999").status_code == 404  # an admin's route


def test_the_list_of_users_has_the_guest(story: Story) -> None:
    row = story.row()

    assert row is not None
    assert row["provider"] == story.provider
    assert row["principal_id"] == story.guest.call("GET", "/api/me").json()["id"]


def test_a_new_name_at_the_provider_is_seen_here(story: Story) -> None:
    story.dashboard.rename(user_id_of(story.guest), "Kit", "Ode")

    story.wait_for_row(lambda row: row is not None and row["name"] == "Kit Ode")


def test_whom_the_provider_deletes_is_gone_with_a_living_token(story: Story) -> None:
    story.dashboard.delete(user_id_of(story.guest))

    story.wait_for_row(lambda row: row is None)
    answers = [story.guest.call("GET", path) for path in ("/api/me", "/api/issues")]
    assert {answer.status_code for answer in answers} == {401}


def user_id_of(visitor: Visitor) -> str:
    principal: str = visitor.call("GET", "/api/me").json()["id"]
    return principal.partition(":")[2]
