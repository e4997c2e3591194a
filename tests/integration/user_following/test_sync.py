"""`make sync-users` after webhooks were off: what differs is shown, and then mended."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.kit.clock import rfc3339
from local.kit.store import Store
from local.stytch.ids import new_id
from local.stytch.state.objects import email_object, user_object
from shared.database import accounts
from shared.database.database import database
from sync_users import command, patience
from tests.integration.user_following.conftest import (
    ROOT,
    Providers,
    deleted,
    providers_with,
    rows,
    settings_for,
)
from tests.support.configuration import IDENTITY_SECRET, VALUES, Configure

MANY = 10_000
EMAIL = "lin@example.com"

INSERT = """
    INSERT INTO users (email, provider, principal_id, name, created_at, updated_at)
    VALUES (%(email)s, %(provider)s, %(principal_id)s, %(name)s, '2026-01-01', '2026-01-01')
"""


class Site:
    """The command, with the settings of a site that these providers have."""

    def __init__(self, providers: Providers, migrated: str) -> None:
        self._environ = VALUES | settings_for(providers, migrated)

    def sync(self, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
        settings = {"NETLIFY_IDENTITY_SECRET": IDENTITY_SECRET} | environ
        given = {name: value for name, value in settings.items() if value}
        return subprocess.run(
            [sys.executable, "-m", "sync_users", *arguments],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], **self._environ, **given},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def site(providers: Providers, migrated: str, following: Configure) -> Site:
    return Site(providers, migrated)


def add_row(email: str, principal_id: str | None, name: str = "Somebody") -> None:
    provider = principal_id.partition(":")[0] if principal_id else "netlify"
    values = {"email": email, "provider": provider, "principal_id": principal_id, "name": name}
    database().write(INSERT, values)


def add_rows_that_stay(providers: Providers, count: int) -> None:
    """People of Identity who are as their rows say."""
    for number in range(count):
        email = f"stays-{number}@example.com"
        user_id = providers.new_at_identity(email, name="Somebody")
        add_row(email, f"netlify:{user_id}")


def test_whom_nobody_told_of_gets_a_row(site: Site, providers: Providers) -> None:
    user_id = providers.new_at_identity(EMAIL)

    done = site.sync()

    assert done.stdout == "1 added, 0 claimed, 0 changed, 0 removed.\n"
    assert [(row["principal_id"], row["name"]) for row in rows()] == [
        (f"netlify:{user_id}", "Lin Chen")
    ]


def test_what_was_changed_is_changed(site: Site, providers: Providers) -> None:
    user_id = providers.new_at_identity(EMAIL)
    add_row("old@example.com", f"netlify:{user_id}", "Old Name")

    done = site.sync()

    assert done.stdout == "0 added, 0 claimed, 1 changed, 0 removed.\n"
    assert [(row["email"], row["name"]) for row in rows()] == [(EMAIL, "Lin Chen")]


def test_an_invitation_is_claimed_and_one_that_nobody_took_stays(
    site: Site, providers: Providers
) -> None:
    user_id = providers.new_at_identity(EMAIL)
    add_row(EMAIL, None)
    add_row("invited@example.com", None)

    done = site.sync()

    assert done.stdout == "0 added, 1 claimed, 0 changed, 0 removed.\n"
    assert [row["principal_id"] for row in rows()] == [f"netlify:{user_id}", None]


def test_who_is_gone_is_removed_and_marked(site: Site, providers: Providers) -> None:
    add_rows_that_stay(providers, 10)
    gone = "netlify:3f0c1d52-6f0e-4c0a-9d5c-2b1e8a7f6d43"
    add_row(EMAIL, gone)

    done = site.sync()

    assert done.stdout == "0 added, 0 claimed, 0 changed, 1 removed.\n"
    assert len(rows()) == 10
    assert deleted() == [gone]


def test_more_than_a_tenth_is_not_removed(site: Site, providers: Providers) -> None:
    add_rows_that_stay(providers, 8)
    add_row(EMAIL, "netlify:3f0c1d52-6f0e-4c0a-9d5c-2b1e8a7f6d43")
    providers.new_at_identity("new@example.com")

    done = site.sync()

    assert done.returncode == 1
    assert "1 of 9 rows would be removed" in done.stderr
    assert len(rows()) == 9


def test_more_than_a_tenth_is_removed_for_who_really_means_it(
    site: Site, providers: Providers
) -> None:
    add_row(EMAIL, "netlify:3f0c1d52-6f0e-4c0a-9d5c-2b1e8a7f6d43")

    done = site.sync("--yes-really")

    assert done.stdout == "0 added, 0 claimed, 0 changed, 1 removed.\n"
    assert rows() == []


def test_a_dry_run_shows_and_changes_nothing(site: Site, providers: Providers) -> None:
    user_id = providers.new_at_identity(EMAIL)
    gone = "netlify:3f0c1d52-6f0e-4c0a-9d5c-2b1e8a7f6d43"
    add_row("gone@example.com", gone)

    done = site.sync("--dry-run")

    lines = [line.split() for line in done.stdout.splitlines()]
    assert lines == [
        ["what", "who", "users", "table", "provider"],
        ["remove", gone, "gone@example.com", "(Somebody)", "-"],
        ["add", f"netlify:{user_id}", "-", EMAIL, "(Lin", "Chen)"],
    ]
    assert [row["principal_id"] for row in rows()] == [gone]


def test_who_was_deleted_here_comes_not_back(site: Site, providers: Providers) -> None:
    user_id = providers.new_at_identity(EMAIL)
    accounts.mark_deleted(f"netlify:{user_id}")

    done = site.sync("--dry-run")

    assert done.stdout == "Nothing differs.\n"


def test_by_invitation_nobody_else_gets_a_row(site: Site, providers: Providers) -> None:
    providers.new_at_identity(EMAIL)

    site.sync(SIGNUP="invite")

    assert rows() == []


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the command has waited for a provider; the test does not wait."""
    waited: list[float] = []
    monkeypatch.setattr(patience.time, "sleep", waited.append)
    return waited


def test_a_provider_that_does_not_answer_removes_nobody(
    providers: Providers,
    following: Configure,
    pauses: list[float],
    capsys: pytest.CaptureFixture[str],
) -> None:
    following(NETLIFY_IDENTITY_SECRET=IDENTITY_SECRET)
    add_rows_that_stay(providers, 1)
    providers.let_fail(providers.identity, path="/admin/users", kind="malformed_json", count=100)

    status = command.main(["--yes-really"])

    assert status == 1
    assert "Identity does not answer as it should." in capsys.readouterr().err
    assert len(rows()) == 1
    assert pauses == [5, 5, 5, 5]


def test_a_provider_that_answers_later_is_waited_for(
    providers: Providers, following: Configure, pauses: list[float]
) -> None:
    following(NETLIFY_IDENTITY_SECRET=IDENTITY_SECRET)
    providers.new_at_identity(EMAIL)
    providers.let_fail(providers.stytch, kind="too_many_requests")

    assert command.main([]) == 0
    assert [row["email"] for row in rows()] == [EMAIL]


def test_without_a_token_for_identity_its_rows_are_left_alone(
    site: Site, providers: Providers
) -> None:
    add_row(EMAIL, "netlify:3f0c1d52-6f0e-4c0a-9d5c-2b1e8a7f6d43")

    done = site.sync("--yes-really", NETLIFY_IDENTITY_SECRET="")

    assert "Identity is left out" in done.stderr
    assert len(rows()) == 1


class TestTenThousand:
    """After a long time without webhooks."""

    @pytest.fixture
    def user_ids(self, tmp_path: Path) -> list[str]:
        return fill(Store(tmp_path / "stytch.sqlite"), MANY)

    @pytest.fixture
    def providers(self, tmp_path: Path, user_ids: list[str]) -> Iterator[Providers]:
        with providers_with(tmp_path / "stytch.sqlite") as running:
            yield running

    def test_they_are_reconciled(self, site: Site, user_ids: list[str]) -> None:
        add_many_rows(user_ids)

        done = site.sync()

        assert done.stdout == "5,000 added, 0 claimed, 2,500 changed, 100 removed.\n"
        named = {row["email"]: row["name"] for row in rows()}
        assert named == {email_of(number): f"User {number}" for number in range(MANY)}


def fill(store: Store, count: int) -> list[str]:
    """Put so many users into a Stytch emulator's store, quickly; answers their ids."""
    users = store.collection("stytch_users")
    store._database.execute("BEGIN")
    ids = []
    for number in range(count):
        contact = email_object(new_id("email"), email_of(number)) | {"verified": True}
        user = user_object(new_id("user"), contact, "active", rfc3339(number))
        name = {"first_name": "User", "middle_name": "", "last_name": str(number)}
        users.put(user["user_id"], user | {"name": name})
        ids.append(str(user["user_id"]))
    store._database.execute("COMMIT")
    store.close()
    return ids


def add_many_rows(user_ids: list[str]) -> None:
    """Half of the users have a row, half of these an old name; a hundred rows have no user."""
    numbered = list(enumerate(user_ids))[: MANY // 2]
    known = [
        (email_of(number), f"stytch:{user_id}", f"User {number}" if number % 2 else "Old Name")
        for number, user_id in numbered
    ]
    gone = [(f"gone-{n}@example.com", f"stytch:{new_id('user')}", "Gone") for n in range(100)]
    database().write("BEGIN", {})
    for email, principal_id, name in [*known, *gone]:
        add_row(email, principal_id, name)
    database().write("COMMIT", {})


def email_of(number: int) -> str:
    return f"user-{number}@example.com"
