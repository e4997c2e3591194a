"""Webhooks about users: what they say, how Svix signs them, and when they come again."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from standardwebhooks import Webhook

from local.kit.clock import Clock
from local.kit.deliveries import Deliveries, Delivery
from local.kit.store import Store
from local.stytch.webhooks import PAUSES
from tests.contract.stytch.conftest import StartEmulator
from tests.support.receiver import WITHIN_SECONDS, Received, Receiver, receiving
from tests.support.stytch_emulator import PROJECT_ID, Emulator

SECRET = "whsec_bG9jYWwtc3R5dGNoLXdlYmhvb2stc2VjcmV0"
EMAIL = "ada@example.com"
SIGNED = ("id", "timestamp", "signature")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as running:
        yield running


@pytest.fixture
def stytch(start_emulator: StartEmulator, receiver: Receiver) -> Emulator:
    return start_emulator(webhook_urls=(f"{receiver.url}/hook",), webhook_secret=SECRET)


def event(received: Received) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(received.body)
    return content


def deliveries(stytch: Emulator) -> list[Delivery]:
    store = Store(stytch.store_path)
    kept = Deliveries(store, Clock()).newest_first()
    store.close()
    return kept


def user_of_new_link(stytch: Emulator) -> str:
    user_id: str = stytch.client().magic_links.email.login_or_create(EMAIL).user_id
    return user_id


def test_a_new_user_is_told_with_the_whole_record(stytch: Emulator, receiver: Receiver) -> None:
    user_id = user_of_new_link(stytch)

    told = event(receiver.wait_for(1)[0])
    assert {name: told[name] for name in ("action", "object_type", "source", "vertical")} == {
        "action": "CREATE",
        "object_type": "user",
        "source": "DIRECT",
        "vertical": "CONSUMER",
    }
    assert (told["project_id"], told["id"]) == (PROJECT_ID, user_id)
    assert told["user"]["emails"][0]["email"] == EMAIL


def test_the_signature_is_the_one_of_svix(stytch: Emulator, receiver: Receiver) -> None:
    user_of_new_link(stytch)

    received = receiver.wait_for(1)[0]
    headers = {f"webhook-{name}": received.headers[f"svix-{name}"] for name in SIGNED}
    Webhook(SECRET).verify(received.body, headers)


def test_using_a_link_changes_the_user(stytch: Emulator, receiver: Receiver) -> None:
    user_of_new_link(stytch)
    stytch.client().magic_links.authenticate(stytch.newest_token())

    told = sorted(event(one)["action"] for one in receiver.wait_for(2))
    assert told == ["CREATE", "UPDATE"]


def test_an_invitation_creates_a_pending_user(stytch: Emulator, receiver: Receiver) -> None:
    stytch.client().magic_links.email.invite(EMAIL)

    told = event(receiver.wait_for(1)[0])
    assert (told["action"], told["user"]["status"]) == ("CREATE", "pending")


def test_a_change_by_the_api_is_told(stytch: Emulator, receiver: Receiver) -> None:
    user_id = user_of_new_link(stytch)
    receiver.wait_for(1)

    stytch.call("PUT", f"/v1/users/{user_id}", json={"name": {"first_name": "Augusta"}})

    told = event(receiver.wait_for(2)[1])
    assert (told["action"], told["user"]["name"]["first_name"]) == ("UPDATE", "Augusta")


def test_a_deletion_is_told_without_a_record(stytch: Emulator, receiver: Receiver) -> None:
    user_id = user_of_new_link(stytch)
    receiver.wait_for(1)

    stytch.client().users.delete(user_id)

    told = event(receiver.wait_for(2)[1])
    assert (told["action"], told["id"], "user" in told) == ("DELETE", user_id, False)


def test_the_dashboard_is_another_source(stytch: Emulator, receiver: Receiver) -> None:
    user_id = user_of_new_link(stytch)
    receiver.wait_for(1)

    stytch.admin("PUT", f"/users/{user_id}", first_name="Augusta")
    stytch.admin("DELETE", f"/users/{user_id}")

    told = [event(one) for one in receiver.wait_for(3)[1:]]
    by_action = {one["action"]: one["source"] for one in told}
    assert by_action == {"UPDATE": "DASHBOARD", "DELETE": "DASHBOARD"}


def test_what_is_not_taken_comes_again_after_five_seconds(
    stytch: Emulator, receiver: Receiver
) -> None:
    receiver.answers = [(503, ""), (200, "")]
    user_of_new_link(stytch)
    receiver.wait_for(1)

    stytch.advance(seconds=PAUSES[0] + 1)

    first, second = receiver.wait_for(2)
    assert first.headers["svix-id"] == second.headers["svix-id"]
    assert first.body == second.body


def test_a_redirect_is_no_success(stytch: Emulator, receiver: Receiver) -> None:
    receiver.answers = [(302, ""), (204, "")]
    user_of_new_link(stytch)
    receiver.wait_for(1)

    stytch.advance(seconds=PAUSES[0] + 1)

    receiver.wait_for(2)


def test_it_is_tried_eight_times_in_twenty_eight_hours(
    stytch: Emulator, receiver: Receiver
) -> None:
    receiver.answers = [(500, "")]
    user_of_new_link(stytch)

    advance_through_all_pauses(stytch)

    assert sum(PAUSES) == 27 * 3600 + 35 * 60 + 5
    assert len(receiver.received) == 8
    assert deliveries(stytch)[0].state == "failed"


def advance_through_all_pauses(stytch: Emulator) -> None:
    for number, pause in enumerate(PAUSES, start=1):
        wait_until_noted(stytch, number)
        stytch.advance(seconds=pause + 1)
    wait_until_noted(stytch, len(PAUSES) + 1)


def wait_until_noted(stytch: Emulator, attempts: int) -> None:
    deadline = time.monotonic() + WITHIN_SECONDS
    while len(deliveries(stytch)[0].attempts) < attempts:
        assert time.monotonic() < deadline, deliveries(stytch)
        time.sleep(0.01)


def test_every_attempt_is_kept_with_its_answer(stytch: Emulator, receiver: Receiver) -> None:
    receiver.answers = [(503, ""), (200, "")]
    user_of_new_link(stytch)
    receiver.wait_for(1)
    wait_until_noted(stytch, 1)
    stytch.advance(seconds=PAUSES[0] + 1)
    wait_until_noted(stytch, 2)

    kept = deliveries(stytch)[0]
    assert [attempt.status for attempt in kept.attempts] == [503, 200]
    assert (kept.event, kept.state) == ("direct.user.create", "delivered")
