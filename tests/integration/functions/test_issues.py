"""Issues: who may do what, and what it answers, with either provider's credential."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support.visitor import Visitor

Issue = dict[str, object]


@pytest.fixture
def issue(member: Visitor) -> Issue:
    return member.call("POST", "/api/issues", json={"title": "Paint the door"}).json()


def test_a_new_issue_is_answered_whole(member: Visitor) -> None:
    answer = member.call("POST", "/api/issues", json={"title": "  Mend the lock "})

    me = member.call("GET", "/api/me").json()
    issue = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/api/issues/{issue['id']}"
    assert issue == {
        "id": issue["id"],
        "title": "Mend the lock",
        "status": "to-do",
        "assignee_id": me["id"],
        "assignee_name": me["name"],
        "assignee_email": me["email"],
        "created_at": issue["created_at"],
        "updated_at": issue["created_at"],
        "message": "Issue created",
    }


def test_a_status_may_be_given(member: Visitor) -> None:
    answer = member.call("POST", "/api/issues", json={"title": "Done already", "status": "done"})

    assert answer.json()["status"] == "done"


def test_what_is_written_is_what_is_read(member: Visitor) -> None:
    title = "Ключ 🔑 <b>&amp;</b> '; DROP TABLE issues; -- %s \\"
    created = member.call("POST", "/api/issues", json={"title": title}).json()

    found = member.call("GET", f"/api/issues/{created['id']}").json()

    assert found == {name: value for name, value in created.items() if name != "message"}
    assert found["title"] == title


def test_a_repeated_key_makes_one_issue(member: Visitor) -> None:
    key = {"Idempotency-Key": uuid.uuid4().hex}
    first = member.call("POST", "/api/issues", json={"title": "Once"}, headers=key)

    second = member.call("POST", "/api/issues", json={"title": "Once"}, headers=key)

    assert second.status_code == 201
    assert second.json() == first.json()


def test_a_key_sent_many_times_at_once_makes_one_issue(member: Visitor) -> None:
    key = {"Idempotency-Key": uuid.uuid4().hex}

    with ThreadPoolExecutor(5) as pool:
        answers = list(
            pool.map(
                lambda _: member.call("POST", "/api/issues", json={"title": "Once"}, headers=key),
                range(5),
            )
        )

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1


def test_a_key_is_not_for_another_issue(member: Visitor) -> None:
    key = {"Idempotency-Key": uuid.uuid4().hex}
    member.call("POST", "/api/issues", json={"title": "One"}, headers=key)

    answer = member.call("POST", "/api/issues", json={"title": "Another"}, headers=key)

    assert answer.status_code == 409
    assert answer.json()["code"] == "idempotency_key_reused"


def test_a_key_belongs_to_its_sender(member: Visitor, other: Visitor) -> None:
    key = {"Idempotency-Key": uuid.uuid4().hex}
    mine = member.call("POST", "/api/issues", json={"title": "Same"}, headers=key).json()

    theirs = other.call("POST", "/api/issues", json={"title": "Same"}, headers=key).json()

    assert theirs["id"] != mine["id"]


def test_the_newest_issue_comes_first(member: Visitor, issue: Issue) -> None:
    newest = member.call("POST", "/api/issues", json={"title": "Newest"}).json()

    listed = member.call("GET", "/api/issues?assignee=me&limit=2").json()

    assert [row["id"] for row in listed] == [newest["id"], issue["id"]]


def test_every_member_sees_every_issue(other: Visitor, issue: Issue) -> None:
    answer = other.call("GET", f"/api/issues/{issue['id']}")

    assert answer.status_code == 200


def test_a_filter_by_status_shows_no_other(member: Visitor, issue: Issue) -> None:
    listed = member.call("GET", "/api/issues?status=to-do&limit=200").json()

    assert {row["status"] for row in listed} == {"to-do"}
    assert issue["id"] in [row["id"] for row in listed]


def test_filters_meet(member: Visitor, issue: Issue) -> None:
    me = member.call("GET", "/api/me").json()

    listed = member.call("GET", "/api/issues?status=to-do&assignee=me").json()

    assert {(row["status"], row["assignee_id"]) for row in listed} == {("to-do", me["id"])}


def test_the_next_page_keeps_the_filter(member: Visitor, issue: Issue) -> None:
    member.call("POST", "/api/issues", json={"title": "Another"})

    first = member.call("GET", "/api/issues?status=to-do&assignee=me&limit=1")

    assert "status=to-do&assignee=me&limit=1&after=" in first.links["next"]["url"]


def test_a_title_changes_alone(member: Visitor, issue: Issue) -> None:
    answer = member.call("PATCH", f"/api/issues/{issue['id']}", json={"title": "Green door"})

    changed = answer.json()
    assert answer.status_code == 200
    assert (changed["title"], changed["status"]) == ("Green door", "to-do")
    assert changed["updated_at"] > issue["updated_at"]
    assert changed["created_at"] == issue["created_at"]


def test_a_change_to_the_same_is_fine(member: Visitor, issue: Issue) -> None:
    answer = member.call("PATCH", f"/api/issues/{issue['id']}", json={"title": issue["title"]})

    assert answer.status_code == 200


def test_nobody_else_changes_it(member: Visitor, other: Visitor, issue: Issue) -> None:
    answer = other.call("PATCH", f"/api/issues/{issue['id']}", json={"title": "Mine"})

    found = member.call("GET", f"/api/issues/{issue['id']}").json()
    assert answer.status_code == 403
    assert found["title"] == issue["title"]


def test_an_admin_changes_it(admin: Visitor, issue: Issue) -> None:
    answer = admin.call("PATCH", f"/api/issues/{issue['id']}", json={"status": "done"})

    assert answer.json()["status"] == "done"


def test_its_assignee_deletes_it_once(member: Visitor, issue: Issue) -> None:
    first = member.call("DELETE", f"/api/issues/{issue['id']}")
    second = member.call("DELETE", f"/api/issues/{issue['id']}")

    assert (first.status_code, first.json()) == (200, {"message": "success"})
    assert second.status_code == 404


def test_nobody_else_deletes_it(member: Visitor, other: Visitor, issue: Issue) -> None:
    answer = other.call("DELETE", f"/api/issues/{issue['id']}")

    assert answer.status_code == 403
    assert member.call("GET", f"/api/issues/{issue['id']}").status_code == 200


def test_an_admin_deletes_it(admin: Visitor, issue: Issue) -> None:
    answer = admin.call("DELETE", f"/api/issues/{issue['id']}")

    assert answer.json() == {"message": "success"}


def tag_of(visitor: Visitor, issue: Issue) -> str:
    return visitor.call("GET", f"/api/issues/{issue['id']}").headers["ETag"]


def test_every_answer_with_an_issue_has_its_tag(member: Visitor, issue: Issue) -> None:
    changed = member.call("PATCH", f"/api/issues/{issue['id']}", json={"status": "done"})

    assert changed.headers["ETag"] == tag_of(member, issue)


def test_a_change_of_the_version_that_was_read_is_made(member: Visitor, issue: Issue) -> None:
    headers = {"If-Match": tag_of(member, issue)}

    answer = member.call(
        "PATCH", f"/api/issues/{issue['id']}", json={"status": "done"}, headers=headers
    )

    assert (answer.status_code, answer.json()["status"]) == (200, "done")


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_what_has_changed_meanwhile_is_left_alone(
    member: Visitor, issue: Issue, method: str
) -> None:
    headers = {"If-Match": tag_of(member, issue)}
    member.call("PATCH", f"/api/issues/{issue['id']}", json={"title": "By another tab"})

    answer = member.call(
        method, f"/api/issues/{issue['id']}", json={"title": "Lost"}, headers=headers
    )

    kept = member.call("GET", f"/api/issues/{issue['id']}").json()
    assert (answer.status_code, answer.json()["code"]) == (412, "issue_changed")
    assert kept["title"] == "By another tab"


@pytest.mark.parametrize("tag", ['"nonsense"', 'W/"x"', '"2026-01-31T09:00:00.123456Z"'])
def test_another_tag_matches_no_version(member: Visitor, issue: Issue, tag: str) -> None:
    answer = member.call("DELETE", f"/api/issues/{issue['id']}", headers={"If-Match": tag})

    assert answer.status_code == 412


def test_the_issue_of_somebody_else_is_refused_whatever_its_version(
    member: Visitor, other: Visitor, issue: Issue
) -> None:
    headers = {"If-Match": tag_of(member, issue)}

    answer = other.call("DELETE", f"/api/issues/{issue['id']}", headers=headers)

    assert answer.status_code == 403


def test_an_admin_may_delete_the_version_that_was_read(
    member: Visitor, admin: Visitor, issue: Issue
) -> None:
    headers = {"If-Match": tag_of(admin, issue)}

    answer = admin.call("DELETE", f"/api/issues/{issue['id']}", headers=headers)

    assert answer.status_code == 200
