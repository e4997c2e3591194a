"""An account that was deleted: its token goes on, and neither reads nor writes."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
import requests

from tests.support.visitor import Visitor
from tests.support.visitors import NewVisitor

READS = [
    "/issues",
    "/issues?status=done",
    "/issues?assignee=me",
    "/issues?assignee=me&status=to-do",
    "/issues/{issue}",
    "/issues/999999999",
    "/users",
    "/users/{user}",
    "/me",
]
WRITES = [
    ("POST", "/issues", {"title": "A ghost's"}),
    ("PATCH", "/issues/{issue}", {"status": "done"}),
    ("DELETE", "/issues/{issue}", None),
]


@dataclass
class Leaver:
    """Somebody whose account was deleted, and whose token has not expired."""

    visitor: Visitor
    issue: int
    user: int

    def call(self, method: str, route: str, **request: object) -> requests.Response:
        path = route.format(issue=self.issue, user=self.user)
        return self.visitor.call(method, f"/api{path}", **request)


@pytest.fixture(scope="module", params=["netlify", "stytch"])
def leaver(
    request: pytest.FixtureRequest,
    netlify_visitor: NewVisitor,
    stytch_visitor: NewVisitor,
    other: Visitor,
) -> Leaver:
    """By each provider; the Stytch session's JWT is sent as a bearer, which no answer can clear."""
    visitor = {"netlify": netlify_visitor, "stytch": stytch_visitor}[request.param]("leaver")
    stytch_visitor("stays")
    visitor.bearer = visitor.bearer or visitor.browser.cookies["stytch_session_jwt"]
    issue = other.call("POST", "/api/issues", json={"title": "Somebody else's"}).json()["id"]
    user = other.call("GET", "/api/users").json()[0]["id"]
    visitor.call("DELETE", "/api/account")
    return Leaver(visitor, issue, user)


@pytest.mark.parametrize("route", READS)
def test_it_reads_nothing(leaver: Leaver, route: str) -> None:
    answer = leaver.call("GET", route)

    assert (answer.status_code, answer.json()["code"]) == (401, "account_deleted")


@pytest.mark.parametrize(("method", "route", "body"), WRITES)
def test_it_writes_nothing(leaver: Leaver, method: str, route: str, body: object) -> None:
    answer = leaver.call(method, route, json=body)

    assert (answer.status_code, answer.json()["code"]) == (401, "account_deleted")
