"""Every call that the Netlify tutorial's own front end makes, with its headers and bodies."""

from __future__ import annotations

import pytest

from tests.support.visitor import Visitor
from tests.support.visitors import NewVisitor

TEXT = {"Content-Type": "text/plain;charset=UTF-8"}


@pytest.fixture(scope="module")
def reader(netlify_visitor: NewVisitor) -> Visitor:
    return netlify_visitor("tutorial")


def test_an_issue_is_created_from_a_text(reader: Visitor) -> None:
    answer = reader.call(
        "POST", "/.netlify/functions/create", data='{"title": "From the tutorial"}', headers=TEXT
    )

    assert (answer.status_code, answer.json()["message"]) == (201, "Issue created")


def test_the_list_is_an_array_with_the_tutorials_fields(reader: Visitor) -> None:
    issues = reader.call("GET", "/.netlify/functions/get").json()

    fields = {"id", "title", "assignee_name", "assignee_email", "status"}
    assert fields <= set(issues[0])


def test_a_page_that_knows_nothing_of_pages_gets_two_hundred(reader: Visitor) -> None:
    for number in range(55):
        reader.call("POST", "/.netlify/functions/create", json={"title": f"issue {number}"})

    bare = reader.call("GET", "/.netlify/functions/get")
    elsewhere = reader.call("GET", "/api/issues")

    assert (len(bare.json()) > 50, len(elsewhere.json())) == (True, 50)


def test_the_account_is_deleted(netlify_visitor: NewVisitor) -> None:
    leaver = netlify_visitor("tutorial-leaver")

    assert leaver.call("DELETE", "/.netlify/functions/delete").status_code == 204
