"""`make test-live` with a site's Identity, for which the emulator stands, or GoTrue itself.

So the suite is known to run without a site, and to leave nothing behind. IDENTITY_UNDER_TEST=gotrue
chooses GoTrue, as for the contract.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from local.identity import IdentityConfig
from tests.contract.identity.caller import SECRET, SITE_URL, Identity
from tests.contract.identity.conftest import GoTrueHost, Host
from tests.contract.identity.emulator import running_emulator
from tests.contract.identity.under_test import IS_GOTRUE, only_emulator
from tests.integration.live.conftest import Live, passed_in
from tests.support.gotrue_server import running_gotrue
from tests.support.netlify_proxy import proxied
from tests.witnesses import gotrue

pytestmark = pytest.mark.timeout(600)  # a whole suite runs in a test

ADMIN = "boss@example.com"


@pytest.fixture
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    with ExitStack() as stack:
        if IS_GOTRUE:
            running = running_gotrue(gotrue.find(os.environ), tmp_path_factory.mktemp("gotrue"))
            yield GoTrueHost(stack.enter_context(running))
        else:
            yield stack.enter_context(running_emulator())


@pytest.fixture
def site(host: Host) -> Iterator[Identity]:
    """A site with one user, who is an admin."""
    with host.site(IdentityConfig(SITE_URL, SECRET), None) as running:
        path = f"/admin/users/{running.confirmed_user(ADMIN)['id']}"
        running.put(path, json={"role": "admin"}, headers=running.operator())
        yield running


@pytest.fixture
def account(site: Identity) -> Iterator[dict[str, str]]:
    with ExitStack() as stack:
        url = site.url
        if IS_GOTRUE:  # a site's own address, as at Netlify
            signature = {"x-nf-sign": str(site.headers["x-nf-sign"])}
            url = stack.enter_context(proxied(site.url, signature))
        yield {
            "LIVE_IDENTITY_URL": url,
            "LIVE_IDENTITY_OPERATOR_TOKEN": site.password_grant(ADMIN).json()["access_token"],
            "LIVE_EMAIL": "me@example.net",
        }


def addresses_in(site: Identity) -> list[str]:
    users = site.get("/admin/users?per_page=1000", headers=site.operator()).json()["users"]
    return [user["email"] for user in users]


def test_the_contract_holds_and_no_user_of_it_is_left(
    live: Live,
    site: Identity,
    account: dict[str, str],
    record_property: Callable[[str, object], None],
) -> None:
    run = live(account)

    mailed = {mail["to"] for mail in site.mails()} - {ADMIN}
    assert run.returncode == 0, run.stdout
    assert addresses_in(site) == [ADMIN]
    assert mailed
    assert {address.partition("+")[0] for address in mailed} == {"me"}
    record_property("checks", ("tests of the contract as at Netlify", passed_in(run.stdout)))


@only_emulator("nobody can let it fail")
def test_no_user_is_left_by_tests_that_fail_either(
    live: Live, site: Identity, account: dict[str, str]
) -> None:
    site.post("/_admin/faults", json={"path": "/user", "status": 500, "count": 3})

    run = live(account, "-k", "test_user")

    assert run.returncode == 1, run.stdout
    assert "3 failed" in run.stdout
    assert addresses_in(site) == [ADMIN]


def test_the_token_of_somebody_who_is_no_admin_is_refused(
    live: Live, site: Identity, account: dict[str, str]
) -> None:
    site.confirmed_user("lin@example.com")
    token = site.password_grant("lin@example.com").json()["access_token"]

    run = live(account | {"LIVE_IDENTITY_OPERATOR_TOKEN": token})

    assert run.returncode == 2, run.stdout
    assert "LIVE_IDENTITY_OPERATOR_TOKEN is of no admin, or over" in run.stdout


def test_another_machine_is_refused_if_it_is_not_said_to_be_for_tests(
    live: Live, account: dict[str, str]
) -> None:
    run = live(account | {"LIVE_IDENTITY_URL": "https://board.example/.netlify/identity"})

    assert run.returncode == 2
    assert "set LIVE_SITE_FOR_TESTS=yes" in run.stdout
