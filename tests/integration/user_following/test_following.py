"""What becomes of a row when a provider is asked about its user."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from shared import user_following
from shared.auth.identity_admin import find_user
from shared.auth.principal import Principal
from shared.auth.provider_event import ProviderEvent
from shared.auth.provider_record import ProviderRecord
from shared.auth.stytch import users as stytch_users
from shared.database import accounts, followed_users
from shared.database.database import database
from shared.errors import DatabaseUnavailable, IdentityUnavailable, StytchUnavailable
from tests.integration.user_following.conftest import Providers, deleted, rows
from tests.support.configuration import Configure

EMAIL = "lin@example.com"
INSERT = "INSERT INTO users (email, provider, name) VALUES (%(email)s, %(provider)s, %(name)s)"
NOBODY = "user-test-99999999-9999-4999-8999-999999999999"


def follow_identity(providers: Providers, user_id: str, kind: str = "login") -> None:
    """By a hint that anybody may have sent."""
    identity = providers.identity_of_context
    user_following.follow(ProviderEvent("netlify", kind, user_id), partial(find_user, identity))


def follow_stytch(kind: str, user_id: str) -> None:
    """By a signed event."""
    event = ProviderEvent("stytch", kind, user_id, is_deletion=kind == "DELETE")
    user_following.follow(event, stytch_users.find)


def invite(email: str, provider: str = "netlify", name: str = "Wim") -> None:
    """A row that nobody has claimed."""
    values = {"email": email, "provider": provider, "name": name}
    database().write(INSERT, values)


@pytest.mark.usefixtures("following")
class TestIdentity:
    def test_a_confirmed_user_gets_a_row(self, providers: Providers) -> None:
        user_id = providers.new_at_identity(EMAIL)

        follow_identity(providers, user_id)

        [row] = rows()
        assert (row["principal_id"], row["email"], row["name"]) == (
            f"netlify:{user_id}",
            EMAIL,
            "Lin Chen",
        )

    def test_an_unconfirmed_user_claims_nothing(self, providers: Providers) -> None:
        invite(EMAIL)
        user_id = str(providers.at_identity("POST", "", email=EMAIL)["id"])

        follow_identity(providers, user_id, "signup")

        assert [row["principal_id"] for row in rows()] == [None]

    def test_an_invitation_is_claimed(self, providers: Providers) -> None:
        invite(EMAIL)
        user_id = providers.new_at_identity(EMAIL)

        follow_identity(providers, user_id)

        [row] = rows()
        assert (row["principal_id"], row["name"]) == (f"netlify:{user_id}", "Lin Chen")

    def test_a_name_that_the_provider_does_not_know_stays(self, providers: Providers) -> None:
        invite(EMAIL, name="Wim Sonn")
        user_id = providers.new_at_identity(EMAIL, name="")

        follow_identity(providers, user_id)

        assert [row["name"] for row in rows()] == ["Wim Sonn"]

    def test_another_address_moves_the_row(self, providers: Providers) -> None:
        user_id = providers.new_at_identity(EMAIL)
        follow_identity(providers, user_id)
        providers.at_identity("PUT", f"/{user_id}", email="chen@example.com")

        follow_identity(providers, user_id, "usermodified")

        assert [row["email"] for row in rows()] == ["chen@example.com"]

    def test_whoever_gets_a_freed_address_inherits_no_row(self, providers: Providers) -> None:
        first = providers.new_at_identity(EMAIL)
        follow_identity(providers, first)
        providers.at_identity("DELETE", f"/{first}")
        second = providers.new_at_identity(EMAIL)

        follow_identity(providers, second)

        [row] = rows()
        assert row["principal_id"] == f"netlify:{second}"

    def test_a_hint_of_a_deletion_is_asked_about(self, providers: Providers) -> None:
        user_id = providers.new_at_identity(EMAIL)
        follow_identity(providers, user_id)

        follow_identity(providers, user_id, "userdeleted")

        assert len(rows()) == 1
        assert deleted() == []

    def test_whom_the_provider_has_deleted_is_gone_by_a_hint(self, providers: Providers) -> None:
        user_id = providers.new_at_identity(EMAIL)
        follow_identity(providers, user_id)
        providers.at_identity("DELETE", f"/{user_id}")

        follow_identity(providers, user_id, "userdeleted")

        assert rows() == []
        assert deleted() == [f"netlify:{user_id}"]

    def test_a_stranger_fills_no_table(self, providers: Providers) -> None:
        for kind in ("signup", "login", "usermodified", "userdeleted"):
            follow_identity(providers, str(uuid.uuid4()), kind)

        assert (rows(), deleted()) == ([], [])

    def test_an_account_that_was_deleted_here_comes_not_back(self, providers: Providers) -> None:
        user_id = providers.new_at_identity(EMAIL)
        accounts.mark_deleted(f"netlify:{user_id}")

        follow_identity(providers, user_id, "login")

        assert rows() == []

    @pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
    def test_a_provider_that_does_not_say_changes_nothing(
        self, providers: Providers, status: int
    ) -> None:
        user_id = providers.new_at_identity(EMAIL)
        follow_identity(providers, user_id)
        providers.let_fail(providers.identity, path=f"/admin/users/{user_id}", status=status)

        with pytest.raises(IdentityUnavailable):
            follow_identity(providers, user_id, "userdeleted")

        assert len(rows()) == 1


@pytest.mark.usefixtures("following")
class TestStytch:
    def test_an_address_that_is_not_verified_gets_no_row(self, providers: Providers) -> None:
        user_id = providers.new_at_stytch(EMAIL)

        follow_stytch("CREATE", user_id)

        assert rows() == []

    def test_a_deletion_of_whom_we_never_met_is_kept(self, providers: Providers) -> None:
        follow_stytch("DELETE", NOBODY)

        assert deleted() == [f"stytch:{NOBODY}"]

    @pytest.mark.parametrize("kind", ["CREATE", "UPDATE"])
    def test_who_is_not_there_yet_is_not_deleted(self, providers: Providers, kind: str) -> None:
        follow_stytch(kind, NOBODY)

        assert deleted() == []

    @pytest.mark.parametrize(
        "fault", [{"status": 401}, {"status": 404}, {"kind": "bad_gateway"}, {"status": 500}]
    )
    def test_a_provider_that_does_not_say_changes_nothing(
        self, providers: Providers, fault: dict[str, object]
    ) -> None:
        providers.let_fail(providers.stytch, **fault)

        with pytest.raises(StytchUnavailable):
            follow_stytch("DELETE", NOBODY)

        assert deleted() == []


class TestByInvitation:
    @pytest.fixture(autouse=True)
    def _closed(self, following: Configure) -> None:
        following(SIGNUP="invite")

    def test_who_was_not_invited_gets_no_row_that_would_let_them_in(
        self, providers: Providers
    ) -> None:
        user_id = providers.new_at_identity(EMAIL)

        follow_identity(providers, user_id)

        assert rows() == []

    def test_who_was_invited_does(self, providers: Providers) -> None:
        invite(EMAIL)
        user_id = providers.new_at_identity(EMAIL)

        follow_identity(providers, user_id)

        assert [row["principal_id"] for row in rows()] == [f"netlify:{user_id}"]

    def test_who_is_known_may_have_another_address(self, providers: Providers) -> None:
        invite(EMAIL)
        user_id = providers.new_at_identity(EMAIL)
        follow_identity(providers, user_id)
        providers.at_identity("PUT", f"/{user_id}", email="chen@example.com")

        follow_identity(providers, user_id, "usermodified")

        assert [row["email"] for row in rows()] == ["chen@example.com"]


@pytest.mark.usefixtures("following")
class TestAnswersThatOvertakeEachOther:
    NOW = datetime.now(UTC)

    def test_an_older_answer_changes_nothing(self) -> None:
        followed_users.follow(person("New Name"), self.NOW)

        was_news = followed_users.follow(person("Old Name"), self.NOW - timedelta(seconds=1))

        assert not was_news
        assert [row["name"] for row in rows()] == ["New Name"]

    def test_an_older_answer_takes_no_address_back(self) -> None:
        followed_users.follow(person("Lin", user="2"), self.NOW)

        was_news = followed_users.follow(person("Lin"), self.NOW - timedelta(seconds=1))

        assert not was_news
        assert [row["principal_id"] for row in rows()] == ["stytch:2"]

    def test_the_same_answer_may_be_written_twice(self) -> None:
        followed_users.follow(person("Lin"), self.NOW)

        assert followed_users.follow(person("Lin"), self.NOW)
        assert len(rows()) == 1

    def test_the_provider_is_asked_again_when_an_answer_was_overtaken(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        answers = iter([person("Old Name"), person("Newest Name")])

        def overtaken(_: str) -> ProviderRecord:
            """While the first answer is on its way, another event's is written."""
            answer = next(answers)
            if answer.name == "Old Name":
                followed_users.follow(person("New Name"), datetime.now(UTC))
            return ProviderRecord(exists=True, person=answer)

        monkeypatch.setattr(stytch_users, "find", overtaken)

        follow_stytch("UPDATE", "1")

        assert [row["name"] for row in rows()] == ["Newest Name"]

    def test_an_answer_that_is_overtaken_again_and_again_comes_again(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def ahead(_: str) -> ProviderRecord:
            followed_users.follow(person("Ahead"), datetime.now(UTC) + timedelta(minutes=1))
            return ProviderRecord(exists=True, person=person("Lin"))

        monkeypatch.setattr(stytch_users, "find", ahead)

        with pytest.raises(DatabaseUnavailable):
            follow_stytch("UPDATE", "1")


def person(name: str, user: str = "1") -> Principal:
    return Principal(f"stytch:{user}", "stytch", EMAIL, name, confirmed=True)
