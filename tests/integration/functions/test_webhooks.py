"""The users table follows the providers: by what they send, and by what they answer when asked."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from typing import Any

import jwt
import pytest
import requests

from local.settings import LOCAL_IDENTITY_SECRET, LOCAL_IDENTITY_WEBHOOK_SECRET
from local.settings import LOCAL_STYTCH_WEBHOOK_SECRET as STYTCH_SECRET
from tests.support.dashboards import IdentityDashboard, StytchDashboard
from tests.support.running_cloud import RunningCloud
from tests.support.visitor import Visitor
from tests.support.visitors import NewVisitor
from tests.support.webhook_signing import (
    OTHER_IDENTITY_SECRET,
    OTHER_STYTCH_SECRET,
    identity_event,
    signed_by_gotrue,
    signed_by_svix,
    stytch_event,
)

STYTCH, IDENTITY = "/api/webhooks/stytch", "/api/webhooks/identity"
EVENT_FUNCTIONS = ("validate", "signup", "login")
WITHIN_SECONDS = 20.0


class Site:
    """A running cloud: its two faces, what the providers' dashboards do, and the users table."""

    def __init__(self, cloud: RunningCloud, admin: Visitor) -> None:
        self.cloud = cloud
        self.admin = admin
        self.faces = {"netlify": cloud.url, "aws": cloud.address("AWS HTTP API")}
        self.stytch = StytchDashboard(cloud)
        self.identity = IdentityDashboard(cloud)

    def send(self, face: str, path: str, body: str, headers: dict[str, str]) -> requests.Response:
        return requests.post(self.faces[face] + path, data=body, headers=headers, timeout=30)

    def tell_stytch(self, action: str, user_id: str, face: str = "netlify") -> requests.Response:
        body = stytch_event(action, user_id)
        return self.send(face, STYTCH, body, signed_by_svix(body, STYTCH_SECRET))

    def tell_identity(self, kind: str, user_id: str, face: str = "netlify") -> requests.Response:
        body = identity_event(kind, user_id)
        signed = signed_by_gotrue(body, LOCAL_IDENTITY_WEBHOOK_SECRET)
        return self.send(face, IDENTITY, body, signed)

    def row(self, email: str) -> dict[str, Any] | None:
        users = self.admin.call("GET", "/api/users?limit=200").json()
        return next((user for user in users if user["email"] == email), None)

    def wait_for_row(
        self, email: str, is_right: Callable[[dict[str, Any] | None], bool]
    ) -> dict[str, Any] | None:
        """The row as soon as it is right: Stytch's own deliveries take their time."""
        deadline = time.monotonic() + WITHIN_SECONDS
        while not is_right(row := self.row(email)):
            assert time.monotonic() < deadline, row
            time.sleep(0.05)
        return row


@pytest.fixture(scope="module")
def site(cloud: RunningCloud, admin: Visitor) -> Site:
    return Site(cloud, admin)


def user_id_of(visitor: Visitor) -> str:
    principal: str = visitor.call("GET", "/api/me").json()["id"]
    return principal.partition(":")[2]


@pytest.fixture
def lin(netlify_visitor: NewVisitor) -> Visitor:
    """Somebody of Identity, who has signed in."""
    return netlify_visitor("lin")


@pytest.fixture
def wim(stytch_visitor: NewVisitor) -> Visitor:
    """Somebody of Stytch, who has signed in."""
    return stytch_visitor("wim")


def test_a_sign_in_at_identity_makes_a_row(site: Site, lin: Visitor) -> None:
    row = site.row(lin.email)

    assert row is not None
    assert (row["provider"], row["name"]) == ("netlify", "Lin Chen")


def test_a_new_name_at_stytch_is_seen_here(site: Site, wim: Visitor) -> None:
    site.stytch.rename(user_id_of(wim), "Wim", "Sonn")

    site.wait_for_row(wim.email, lambda row: row is not None and row["name"] == "Wim Sonn")


def test_a_new_name_at_identity_is_seen_here(site: Site, lin: Visitor) -> None:
    site.identity.rename(user_id_of(lin), "Lin", "de Vries")

    row = site.row(lin.email)
    assert row is not None
    assert row["name"] == "Lin de Vries"


def test_whom_stytchs_dashboard_deletes_is_gone_here_with_their_living_token(
    site: Site, wim: Visitor
) -> None:
    site.wait_for_row(wim.email, lambda row: row is not None)

    site.stytch.delete(user_id_of(wim))

    site.wait_for_row(wim.email, lambda row: row is None)
    answer = wim.call("POST", "/api/issues", json={"title": "A ghost's"})
    assert (answer.status_code, answer.json()["code"]) == (401, "account_deleted")


def test_whom_identitys_dashboard_deletes_is_gone_here_with_their_living_token(
    site: Site, lin: Visitor
) -> None:
    site.identity.delete(user_id_of(lin))

    answer = lin.call("POST", "/api/issues", json={"title": "A ghost's"})
    assert site.row(lin.email) is None
    assert (answer.status_code, answer.json()["code"]) == (401, "account_deleted")


@pytest.mark.parametrize("face", ["netlify", "aws"])
class TestBothFaces:
    """What comes by either address has the same effect."""

    def test_a_signed_deletion_of_somebody_who_exists_deletes_nobody(
        self, site: Site, lin: Visitor, wim: Visitor, face: str
    ) -> None:
        by_stytch = site.tell_stytch("DELETE", user_id_of(wim), face)
        by_identity = site.tell_identity("userdeleted", user_id_of(lin), face)

        assert (by_stytch.status_code, by_identity.status_code) == (200, 200)
        assert site.row(wim.email) is not None
        assert site.row(lin.email) is not None
        assert wim.call("POST", "/api/issues", json={"title": "Mine"}).status_code == 201
        assert lin.call("POST", "/api/issues", json={"title": "Mine"}).status_code == 201

    def test_events_may_come_twice_and_backwards(
        self, site: Site, lin: Visitor, wim: Visitor, face: str
    ) -> None:
        lin_id, wim_id = user_id_of(lin), user_id_of(wim)
        site.stytch.delete(wim_id)
        site.identity.delete(lin_id)

        answers = [
            *(site.tell_stytch(action, wim_id, face) for action in ("DELETE", "UPDATE", "CREATE")),
            *(site.tell_stytch(action, wim_id, face) for action in ("DELETE", "UPDATE", "CREATE")),
            *(site.tell_identity(kind, lin_id, face) for kind in ("userdeleted", "login")),
            *(site.tell_identity(kind, lin_id, face) for kind in ("userdeleted", "signup")),
        ]

        assert {answer.status_code for answer in answers} == {200}
        assert (site.row(wim.email), site.row(lin.email)) == (None, None)

    def test_what_is_forged_is_refused(self, site: Site, face: str) -> None:
        of_stytch, of_identity = stytch_event("DELETE"), identity_event("userdeleted")

        answers = [
            site.send(face, STYTCH, of_stytch, {}),
            site.send(face, STYTCH, of_stytch, signed_by_svix(of_stytch, OTHER_STYTCH_SECRET)),
            site.send(face, IDENTITY, of_identity, {}),
            site.send(
                face, IDENTITY, of_identity, signed_by_gotrue(of_identity, OTHER_IDENTITY_SECRET)
            ),
        ]

        assert [answer.status_code for answer in answers] == [401] * 4
        assert {answer.json()["code"] for answer in answers} == {"signature_invalid"}

    def test_what_is_late_is_refused(self, site: Site, face: str) -> None:
        of_stytch, of_identity = stytch_event("DELETE"), identity_event("userdeleted")

        answers = [
            site.send(face, STYTCH, of_stytch, signed_by_svix(of_stytch, STYTCH_SECRET, age=301)),
            site.send(
                face,
                IDENTITY,
                of_identity,
                signed_by_gotrue(of_identity, LOCAL_IDENTITY_WEBHOOK_SECRET, age=301),
            ),
        ]

        assert [answer.status_code for answer in answers] == [401] * 2

    def test_unknown_kinds_are_ignored(self, site: Site, face: str) -> None:
        member = stytch_event("UPDATE", object_type="member")
        renamed = identity_event("userrenamed")

        answers = [
            site.send(face, STYTCH, member, signed_by_svix(member, STYTCH_SECRET)),
            site.send(
                face, IDENTITY, renamed, signed_by_gotrue(renamed, LOCAL_IDENTITY_WEBHOOK_SECRET)
            ),
        ]

        assert [(one.status_code, one.json()) for one in answers] == [
            (200, {"message": "ignored"})
        ] * 2

    def test_too_large_a_body_is_refused(self, site: Site, face: str) -> None:
        body = stytch_event("UPDATE", filling="x" * 65536)

        answer = site.send(face, STYTCH, body, signed_by_svix(body, STYTCH_SECRET))

        assert answer.status_code == 413

    def test_a_user_of_whom_nobody_told_gets_a_row(
        self, site: Site, stytch_visitor: NewVisitor, face: str
    ) -> None:
        visitor = stytch_visitor("noa")
        user_id = user_id_of(visitor)
        site.wait_for_row(visitor.email, lambda row: row is not None)
        row = site.row(visitor.email)
        assert row is not None
        site.stytch.rename(user_id, "Noa", "Levi")

        site.tell_stytch("UPDATE", user_id, face)

        again = site.row(visitor.email)
        assert again is not None
        assert (again["id"], again["name"]) == (row["id"], "Noa Levi")


def test_an_early_event_of_a_user_who_is_not_there_yet_marks_nobody(site: Site) -> None:
    """A sign-up is told before it is done: whoever is asked then does not know the user."""
    unknown = str(uuid.uuid4())

    answers = [site.tell_identity(kind, unknown) for kind in ("signup", "login", "usermodified")]

    assert {answer.status_code for answer in answers} == {200}
    assert not is_marked(site, f"netlify:{unknown}")


def test_a_signed_deletion_is_believed_of_whom_we_never_met(site: Site) -> None:
    unknown = str(uuid.uuid4())

    site.tell_identity("userdeleted", unknown)

    assert is_marked(site, f"netlify:{unknown}")


def is_marked(site: Site, principal_id: str) -> bool:
    """Whether a token of this principal is refused because the account was deleted."""
    claims = {
        "sub": principal_id.partition(":")[2],
        "email": f"{uuid.uuid4().hex}@example.com",
        "exp": int(time.time()) + 60,
    }
    somebody = Visitor(site.cloud.url, str(claims["email"]))
    somebody.bearer = jwt.encode(claims, LOCAL_IDENTITY_SECRET, algorithm="HS256")
    answer = somebody.call("POST", "/api/issues", json={"title": "Mine"})
    return answer.status_code == 401 and bool(answer.json()["code"] == "account_deleted")


@pytest.mark.parametrize("name", EVENT_FUNCTIONS)
def test_a_stranger_who_calls_an_event_function_is_refused(
    site: Site, lin: Visitor, name: str
) -> None:
    body = identity_event("userdeleted", user_id_of(lin))

    answer = site.send("netlify", f"/.netlify/functions/identity-{name}", body, {})

    assert (answer.status_code, answer.json()["code"]) == (401, "signature_invalid")
    assert site.row(lin.email) is not None


def test_no_caller_can_say_of_themselves_that_they_are_an_event_function(site: Site) -> None:
    body = identity_event("userdeleted")
    headers = {"x-amz-client-context": "eyJjdXN0b20iOnsiZXZlbnRfZnVuY3Rpb24iOnRydWV9fQ=="}

    answers = [site.send(face, IDENTITY, body, headers) for face in ("netlify", "aws")]

    assert [answer.status_code for answer in answers] == [401, 401]
