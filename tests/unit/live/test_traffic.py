"""What a real service sees of the suites' people, and how long its rate limits are waited for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from tests.live.traffic import PAUSES, Addresses, LiveAdapter
from tests.support.receiver import Receiver, receiving
from tests.support.upstreams import serving, static_answer


@pytest.fixture
def addresses() -> Addresses:
    return Addresses("me@example.net")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as running:
        yield running


def test_an_address_of_a_test_is_a_plus_address_of_the_mailbox(addresses: Addresses) -> None:
    seen = addresses.outwards('{"email": "ada@example.com"}')

    assert seen.startswith('{"email": "me+latchkey-live-')
    assert seen.endswith('-ada-com@example.net"}')


@pytest.mark.parametrize("email", ["ada@example.com", "Grace.H@Example.org"])
def test_it_comes_back_as_the_test_wrote_it(addresses: Addresses, email: str) -> None:
    assert addresses.inwards(addresses.outwards(email)).lower() == email.lower()


def test_it_is_quoted_where_the_test_quoted_it(addresses: Addresses) -> None:
    seen = addresses.outwards("username=ada%40example.com&password=a+b")

    assert seen.startswith("username=me%2Blatchkey-live-")
    assert seen.endswith("-ada-com%40example.net&password=a+b")


@pytest.mark.parametrize("email", ["sandbox@stytch.com", "@example.com", "ada@", "ada"])
def test_another_address_stays(addresses: Addresses, email: str) -> None:
    assert addresses.outwards(email) == email


def test_the_next_test_has_other_people(addresses: Addresses) -> None:
    before = addresses.outwards("ada@example.com")

    addresses.begin_test()

    assert addresses.outwards("ada@example.com") != before
    assert addresses.inwards(before) == before


def test_only_addresses_of_a_run_are_known_as_such(addresses: Addresses) -> None:
    assert addresses.is_of_any_run("Me+Latchkey-Live-0123456789-ada-com@example.net")
    assert not addresses.is_of_any_run("me@example.net")
    assert not addresses.is_of_any_run("you+latchkey-live-0123456789-ada-com@example.net")


def test_a_request_and_its_answer_are_changed(addresses: Addresses, receiver: Receiver) -> None:
    receiver.answers = [(200, addresses.outwards("ada@example.com"))]

    answer = session(addresses, []).post(receiver.url, json={"email": "ada@example.com"})

    sent = receiver.received[0]
    assert "me+latchkey-live-" in sent.body
    assert int(sent.headers["content-length"]) == len(sent.body)
    assert answer.text == "ada@example.com"


def test_429_is_waited_for_longer_and_longer(addresses: Addresses, receiver: Receiver) -> None:
    receiver.answers = [(429, ""), (429, ""), (429, ""), (200, "")]
    pauses: list[float] = []

    answer = session(addresses, pauses).post(receiver.url, json={"email": "ada@example.com"})

    assert (answer.status_code, pauses) == (200, [1, 2, 4])
    assert len({one.body for one in receiver.received}) == 1


def test_429_for_ever_is_the_answer_after_five_minutes(
    addresses: Addresses, receiver: Receiver
) -> None:
    receiver.answers = [(429, "")]
    pauses: list[float] = []

    answer = session(addresses, pauses).post(receiver.url)

    assert answer.status_code == 429
    assert pauses == list(PAUSES)
    assert sum(PAUSES) > 300


def test_the_pause_is_the_one_that_the_service_asks_for(addresses: Addresses) -> None:
    pauses: list[float] = []

    with serving(static_answer(429, "", Retry_After="7")) as busy:
        session(addresses, pauses).get(busy.url)

    assert set(pauses) == {7}


def session(addresses: Addresses, pauses: list[float]) -> requests.Session:
    """A session that notes the pauses, and makes none."""
    made = requests.Session()
    made.trust_env = False
    made.mount("http://", LiveAdapter(addresses, pauses.append))
    return made
