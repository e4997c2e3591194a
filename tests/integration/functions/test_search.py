"""Searching issues by the beginning of their titles, with either provider's credential."""

from __future__ import annotations

import uuid

import pytest
import requests

from tests.integration.functions.test_issues import Issue
from tests.integration.functions.test_issues import issue as issue
from tests.support.visitor import Visitor


@pytest.fixture
def found(member: Visitor) -> str:
    """The beginning of the titles of three issues of the member, as nobody else has it."""
    beginning = f"Hinge {uuid.uuid4().hex[:8]}"
    for rest in ("b", "A", "c"):
        member.call("POST", "/api/issues", json={"title": f"{beginning} {rest}"})
    member.call("POST", "/api/issues", json={"title": f"Oil the {beginning}"})
    return beginning


def titles(answer: requests.Response) -> list[str]:
    return [row["title"] for row in answer.json()]


def test_a_search_finds_titles_that_begin_with_it_in_their_order(
    member: Visitor, found: str
) -> None:
    answer = member.call("GET", f"/api/issues?title={found}")

    assert titles(answer) == [f"{found} A", f"{found} b", f"{found} c"]


def test_a_search_does_not_mind_the_case_of_letters(member: Visitor, found: str) -> None:
    answer = member.call("GET", f"/api/issues?title={found.upper()}")

    assert len(titles(answer)) == 3


def test_a_search_goes_on_page_by_page(member: Visitor, found: str) -> None:
    first = member.call("GET", f"/api/issues?title={found}&limit=2")
    second = member.call("GET", first.links["next"]["url"])

    assert titles(first) + titles(second) == [f"{found} A", f"{found} b", f"{found} c"]
    assert "next" not in second.links


def test_equal_titles_are_found_page_by_page_oldest_first(member: Visitor) -> None:
    title = f"Same {uuid.uuid4().hex[:8]}"
    made = [
        member.call("POST", "/api/issues", json={"title": title}).json()["id"] for _ in range(3)
    ]

    first = member.call("GET", f"/api/issues?title={title}&limit=2")
    second = member.call("GET", first.links["next"]["url"])

    assert [row["id"] for row in first.json() + second.json()] == made


def test_a_search_meets_the_filters(member: Visitor, other: Visitor, found: str) -> None:
    theirs = other.call("POST", "/api/issues", json={"title": f"{found} d"}).json()
    done = {"title": f"{found} e", "status": "done"}
    member.call("POST", "/api/issues", json=done)

    of_status = other.call("GET", f"/api/issues?title={found}&status=done")
    of_mine = other.call("GET", f"/api/issues?title={found}&assignee=me")
    of_both = other.call("GET", f"/api/issues?title={found}&assignee=me&status=done")

    assert titles(of_status) == [f"{found} e"]
    assert titles(of_mine) == [theirs["title"]]
    assert titles(of_both) == []


@pytest.mark.parametrize("wildcard", ["%25", "_", "%5C", "%5C%25"])
def test_no_character_of_a_search_stands_for_others(
    member: Visitor, found: str, wildcard: str
) -> None:
    answer = member.call("GET", f"/api/issues?title={found[:-1]}{wildcard}")

    assert titles(answer) == []


@pytest.mark.parametrize(
    "title", ["100 %", "a_b", "back\\slash", "Übung", "ΟΔΟΣ", "🦊 fox", "日本語"]
)
def test_a_title_is_found_by_all_of_it(member: Visitor, title: str) -> None:
    issue = member.call("POST", "/api/issues", json={"title": title}).json()

    answer = member.call("GET", "/api/issues", params={"title": title, "assignee": "me"})

    assert issue["id"] in [row["id"] for row in answer.json()]


def test_a_changed_title_is_found_and_the_old_one_no_more(member: Visitor, issue: Issue) -> None:
    old, new = issue["title"], f"Renamed {uuid.uuid4().hex[:8]}"
    member.call("PATCH", f"/api/issues/{issue['id']}", json={"title": new})

    by_new = member.call("GET", f"/api/issues?title={new}").json()
    by_old = member.call("GET", "/api/issues", params={"title": old, "assignee": "me"}).json()

    assert [row["id"] for row in by_new] == [issue["id"]]
    assert issue["id"] not in [row["id"] for row in by_old]


def test_what_is_found_is_an_issue_like_any_other(member: Visitor, found: str) -> None:
    [first, *_] = member.call("GET", f"/api/issues?title={found}").json()

    assert first == member.call("GET", f"/api/issues/{first['id']}").json()


@pytest.mark.parametrize("text", ["", "%20", "x" * 256])
def test_a_search_for_nothing_or_too_much_names_its_parameter(member: Visitor, text: str) -> None:
    answer = member.call("GET", f"/api/issues?title={text}")

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["title"]


def test_the_cursor_of_another_search_is_refused(member: Visitor, found: str) -> None:
    cursor = member.call("GET", f"/api/issues?title={found}&limit=1").links["next"]["url"]

    answer = member.call("GET", cursor.replace("title=Hinge", "title=Oil"))

    assert (answer.status_code, answer.json()["code"]) == (400, "cursor_invalid")
