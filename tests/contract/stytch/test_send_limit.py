"""One mail a second to each address, in windows that are aligned to the clock."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from local.kit.clock import Clock
from local.kit.outbox import Outbox
from local.kit.store import Store
from local.stytch.errors import ErrorType, StytchError
from local.stytch.mail import Mailer
from tests.contract.stytch.under_test import only_emulator

pytestmark = only_emulator("it is about the emulator alone")


class StoppedClock(Clock):
    """Stands at 10 seconds until it is moved."""

    seconds = 10.0

    def now(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def mail(clock: StoppedClock) -> Iterator[Mailer]:
    store = Store()
    yield Mailer(store, Outbox(store, clock), clock, "Latchkey")
    store.close()


def test_a_second_mail_within_the_second_is_refused(mail, clock):
    mail.reserve("ada@example.com")
    clock.seconds = 10.999

    with pytest.raises(StytchError) as caught:
        mail.reserve("ada@example.com")

    assert caught.value.error_type is ErrorType.TOO_MANY_REQUESTS


def test_the_window_is_fixed_and_does_not_roll(mail, clock):
    clock.seconds = 10.999
    mail.reserve("ada@example.com")
    clock.seconds = 11.0

    mail.reserve("ada@example.com")


def test_a_refused_mail_does_not_lengthen_the_window(mail, clock):
    mail.reserve("ada@example.com")
    clock.seconds = 10.999
    with pytest.raises(StytchError):
        mail.reserve("ada@example.com")
    clock.seconds = 11.0

    mail.reserve("ada@example.com")


def test_the_three_sending_calls_share_the_window(client, emulator):
    client.magic_links.email.login_or_create("ada@example.com", create_user_as_pending=True)

    statuses = [
        emulator.call(
            "POST", f"/v1/magic_links/email/{call}", json={"email": "ada@example.com"}
        ).status_code
        for call in ("send", "invite", "login_or_create", "send", "invite", "login_or_create")
    ]

    assert 429 in statuses
