"""The same thing many times at once, and a deletion amid writes: nothing doubled, nothing left."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.support.visitor import Visitor, wait_for_next_second
from tests.support.visitors import NewVisitor


def at_once(*calls: Callable[[], requests.Response]) -> list[requests.Response]:
    """The answers to all calls, which are sent together."""
    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(lambda call: call(), calls))


def keep_writing(visitor: Visitor) -> set[int]:
    """The statuses of one write after the other."""
    writes = (visitor.call("POST", "/api/issues", json={"title": "Too late?"}) for _ in range(8))
    return {answer.status_code for answer in writes}


@pytest.fixture
def netlify_leaver(netlify_visitor: NewVisitor) -> Visitor:
    return netlify_visitor("leaver")


@pytest.fixture
def stytch_leaver(stytch_visitor: NewVisitor) -> Visitor:
    """Sends the session JWT as a bearer, which no answer can clear."""
    visitor = stytch_visitor("leaver")
    visitor.bearer = visitor.browser.cookies["stytch_session_jwt"]
    return visitor


@pytest.fixture(params=["netlify_leaver", "stytch_leaver"])
def leaver(request: pytest.FixtureRequest) -> Visitor:
    """Somebody about to delete their account, whose token outlives it."""
    visitor: Visitor = request.getfixturevalue(request.param)
    return visitor


def test_an_account_deleted_amid_its_writes_leaves_no_issue(
    leaver: Visitor, other: Visitor
) -> None:
    me = leaver.call("GET", "/api/me").json()["id"]

    with ThreadPoolExecutor(8) as pool:
        writing = [pool.submit(keep_writing, leaver) for _ in range(8)]
        deletion = leaver.call("DELETE", "/api/account")

    issues = other.call("GET", "/api/issues?limit=200").json()
    assert deletion.status_code == 204, deletion.text
    assert set().union(*(codes.result() for codes in writing)) <= {201, 401, 429}
    assert me not in {issue["assignee_id"] for issue in issues}


def test_a_token_that_outlives_its_account_writes_no_more(leaver: Visitor) -> None:
    leaver.call("DELETE", "/api/account")

    answers = at_once(*[lambda: leaver.call("POST", "/api/issues", json={"title": "x"})] * 5)

    assert {answer.json()["code"] for answer in answers} == {"account_deleted"}


def test_an_account_deleted_twice_at_once_is_gone(leaver: Visitor) -> None:
    answers = at_once(*[lambda: leaver.call("DELETE", "/api/account")] * 2)

    codes = {answer.status_code for answer in answers}
    assert 204 in codes
    assert codes <= {204, 401}


def test_a_link_followed_many_times_at_once_signs_in_once(stytch_visitor: NewVisitor) -> None:
    visitor = stytch_visitor("hasty")
    wait_for_next_second()
    visitor.ask_for_link()
    link = visitor.inbox.newest_link(visitor.email)

    answers = at_once(*[lambda: visitor.call("GET", link)] * 6)

    assert sorted(answer.status_code for answer in answers) == [303, 401, 401, 401, 401, 401]


def test_an_address_added_many_times_at_once_is_one_user(admin: Visitor) -> None:
    user = {"email": f"{uuid.uuid4().hex}@example.com"}

    answers = at_once(*[lambda: admin.call("POST", "/api/users", json=user)] * 6)

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409, 409]


def test_one_key_for_many_issues_at_once_makes_one_of_them(member: Visitor) -> None:
    key = {"Idempotency-Key": uuid.uuid4().hex}
    create = [
        lambda title=title: member.call("POST", "/api/issues", json={"title": title}, headers=key)
        for title in "abcdef"
    ]

    answers = at_once(*create)

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409, 409]


def test_more_calls_than_there_are_copies_are_answered_or_told_to_wait(member: Visitor) -> None:
    answers = at_once(*[lambda: member.call("GET", "/api/me")] * 20)

    codes = {answer.status_code for answer in answers}
    assert 200 in codes
    assert codes <= {200, 429}
