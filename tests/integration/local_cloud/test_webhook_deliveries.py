"""`/_dev/webhooks`: what the providers have sent to the site, and sending it again."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.support.running_cloud import RunningCloud
from tests.support.visitors import NewVisitor
from tests.support.visitors import netlify_visitor as netlify_visitor
from tests.support.visitors import stytch_visitor as stytch_visitor

WITHIN_SECONDS = 20.0


def deliveries(cloud: RunningCloud, provider: str) -> list[dict[str, Any]]:
    """Newest first."""
    return [one for one in cloud.get("/_dev/webhooks.json").json() if one["provider"] == provider]


def delivered(cloud: RunningCloud, provider: str, event: str) -> dict[str, Any]:
    """The newest one of this kind that has arrived."""
    deadline = time.monotonic() + WITHIN_SECONDS
    while True:
        found = [one for one in deliveries(cloud, provider) if one["event"] == event]
        if found and found[0]["state"] == "delivered":
            return found[0]
        assert time.monotonic() < deadline, found
        time.sleep(0.05)


def test_a_sign_up_at_identity_is_three_events(
    cloud: RunningCloud, netlify_visitor: NewVisitor
) -> None:
    visitor = netlify_visitor("lin")

    mine = [one for one in deliveries(cloud, "netlify") if visitor.email in one["body"]]

    assert [one["event"] for one in mine] == ["login", "signup", "validate"]
    assert {one["attempts"][0]["status"] for one in mine} == {200}


def test_a_link_of_stytch_arrives_at_the_function(
    cloud: RunningCloud, stytch_visitor: NewVisitor
) -> None:
    stytch_visitor("wim")

    arrived = delivered(cloud, "stytch", "direct.user.update")
    assert arrived["url"] == f"{cloud.url}/api/webhooks/stytch"


@pytest.mark.parametrize(
    ("provider", "event"), [("stytch", "direct.user.update"), ("netlify", "login")]
)
def test_each_can_be_sent_again(
    cloud: RunningCloud,
    netlify_visitor: NewVisitor,
    stytch_visitor: NewVisitor,
    provider: str,
    event: str,
) -> None:
    {"stytch": stytch_visitor, "netlify": netlify_visitor}[provider]("noa")
    delivery = delivered(cloud, provider, event)

    answer = cloud.post(f"/_dev/webhooks/{delivery['id']}/again")

    attempts = answer.json()["attempts"]
    assert [attempt["status"] for attempt in attempts[-2:]] == [200, 200]


def test_a_form_goes_back_to_the_page(cloud: RunningCloud, netlify_visitor: NewVisitor) -> None:
    netlify_visitor("noa")
    delivery = delivered(cloud, "netlify", "login")

    answer = cloud.post(
        f"/_dev/webhooks/{delivery['id']}/again",
        headers={"Accept": "text/html"},
        allow_redirects=False,
    )

    assert (answer.status_code, answer.headers["Location"]) == (303, "/_dev/webhooks")


def test_what_was_never_sent_cannot_be_sent_again(cloud: RunningCloud) -> None:
    assert cloud.post("/_dev/webhooks/msg_none/again").status_code == 404


def test_a_page_of_another_site_sends_nothing_again(cloud: RunningCloud) -> None:
    headers = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}

    assert cloud.post("/_dev/webhooks/msg_none/again", headers=headers).status_code == 403
