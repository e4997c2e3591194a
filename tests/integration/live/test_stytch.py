"""`make test-live` with a Stytch project, for which the emulator stands.

So the suite is known to run without an account, and to leave nothing behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from local.kit.store import Store
from tests.integration.live.conftest import Live
from tests.support.stytch_emulator import PROJECT_ID, SECRET, Emulator
from tests.support.stytch_with_passwords import StytchWithPasswords
from tests.support.upstreams import Upstream, serving, stytch_emulator

pytestmark = pytest.mark.timeout(600)  # a whole suite runs in a test

SOMEBODY = "somebody@example.com"


@pytest.fixture
def store_path(tmp_path: Path) -> Path:
    return tmp_path / "state.sqlite"


@pytest.fixture
def service(store_path: Path) -> Iterator[Upstream]:
    with serving(lambda url: stytch_emulator(url, Store(store_path))) as running:
        yield running


@pytest.fixture
def emulator(service: Upstream, store_path: Path) -> Emulator:
    """The project, in which somebody is already who has nothing to do with the tests."""
    emulator = Emulator(service.url, store_path)
    emulator.sign_in(SOMEBODY)
    service.calls.clear()
    return emulator


@pytest.fixture
def account(emulator: Emulator) -> Iterator[dict[str, str]]:
    front = StytchWithPasswords(emulator.base_url, lambda _: emulator.newest_token())
    with serving(lambda _: front.app()) as live_service:
        yield {
            "LIVE_STYTCH_BASE_URL": live_service.url,
            "LIVE_STYTCH_PROJECT_ID": PROJECT_ID,
            "LIVE_STYTCH_SECRET": SECRET,
            "LIVE_EMAIL": "me@example.net",
        }


def addresses_in(emulator: Emulator) -> list[str]:
    users = emulator.client().users.search().results
    return [address.email for user in users for address in user.emails]


def test_the_contract_holds_and_no_user_of_it_is_left(
    live: Live, emulator: Emulator, account: dict[str, str]
) -> None:
    run = live(account)

    mailed = {mail.to for mail in emulator.mails()} - {SOMEBODY}
    assert run.returncode == 0, run.stdout
    assert addresses_in(emulator) == [SOMEBODY]
    assert mailed
    assert {address.partition("+")[0] for address in mailed} == {"me"}


def test_no_user_is_left_by_tests_that_fail_either(
    live: Live, service: Upstream, emulator: Emulator, account: dict[str, str]
) -> None:
    emulator.admin("POST", "/faults", kind="internal_server_error", path="/v1/sessions", count=3)

    run = live(account, "-k", "revoked")

    assert run.returncode == 1, run.stdout
    assert "POST /v1/magic_links/authenticate" in service.calls  # somebody has signed in
    assert addresses_in(emulator) == [SOMEBODY]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LIVE_STYTCH_PROJECT_ID", PROJECT_ID.replace("test", "live")),
        ("LIVE_STYTCH_SECRET", "secret-live-local"),
    ],
)
@pytest.mark.parametrize("words", [(), ("identity",)])
def test_a_live_project_is_refused_before_any_call(
    live: Live,
    service: Upstream,
    account: dict[str, str],
    name: str,
    value: str,
    words: tuple[str, ...],
) -> None:
    run = live(account | {name: value}, *words)

    assert run.returncode == 2
    assert f"{name} is of a live project" in run.stdout
    assert service.calls == []


def test_what_has_no_account_is_named_with_its_variables(live: Live) -> None:
    run = live({"LIVE_EMAIL": "me@example.net"})

    assert run.returncode == 1
    assert run.stdout.splitlines() == [
        "Not run: Stytch, since LIVE_STYTCH_PROJECT_ID and LIVE_STYTCH_SECRET are not set.",
        "Not run: Netlify Identity, since LIVE_IDENTITY_URL and LIVE_IDENTITY_OPERATOR_TOKEN are "
        "not set.",
        "Not run: A deployed site, since LATCHKEY_BASE_URL is not set.",
        "Nothing was run: docs/live.md says which accounts it takes.",
    ]
