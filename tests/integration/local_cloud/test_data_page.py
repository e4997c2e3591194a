"""`/_dev/data`: the tables of the running local cloud."""

from __future__ import annotations

import re

import pytest
import requests

from local.database.tables import ROWS_OF_A_PAGE, Unreadable, read_page
from tests.support.running_cloud import RunningCloud

PATH = "/_dev/data"


@pytest.fixture(scope="module")
def issues(cloud: RunningCloud) -> None:
    """More issues than one page shows."""
    grant = {"grant_type": "password", "username": "ada@example.com", "password": "latchkey"}
    token = cloud.post("/.netlify/identity/token", data=grant).json()["access_token"]
    browser = requests.Session()
    browser.headers["Authorization"] = f"Bearer {token}"
    for number in range(ROWS_OF_A_PAGE + 1):
        browser.post(f"{cloud.url}/api/issues", json={"title": f"<b>{number}</b>"}, timeout=15)


def ids(page: str) -> list[int]:
    return [int(number) for number in re.findall(r"<tr><td>(\d+)</td>", page)]


def test_every_table_is_listed_with_its_rows(cloud: RunningCloud, issues: None) -> None:
    page = cloud.get(PATH).text

    found = dict(re.findall(r">(\w+)</a></th><td class=\"number\">([\d,]+)</td>", page))
    assert {"issues", "users", "deleted_accounts"} <= set(found)
    assert int(found["issues"]) > ROWS_OF_A_PAGE


def test_rows_are_shown_from_the_last_one(cloud: RunningCloud, issues: None) -> None:
    shown = ids(cloud.get(f"{PATH}/issues").text)

    assert len(shown) == ROWS_OF_A_PAGE
    assert shown == sorted(shown, reverse=True)


def test_next_page_goes_on_where_the_first_ends(cloud: RunningCloud, issues: None) -> None:
    first, second = (ids(cloud.get(f"{PATH}/issues?page={page}").text) for page in (1, 2))

    assert max(second) < min(first)


def test_values_are_shown_as_text(cloud: RunningCloud, issues: None) -> None:
    assert "<td>&lt;b&gt;50&lt;/b&gt;</td>" in cloud.get(f"{PATH}/issues").text


@pytest.mark.parametrize("name", ["nothing", "issues` WHERE 1=1 -- ", "../issues"])
def test_table_that_is_not_there_is_not_found(cloud: RunningCloud, name: str) -> None:
    assert cloud.get(f"{PATH}/{requests.utils.quote(name, safe='')}").status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "x", ""])
def test_page_that_is_no_number_is_refused(cloud: RunningCloud, page: str) -> None:
    assert cloud.get(f"{PATH}/issues?page={page}").status_code == 400


def test_database_that_does_not_answer_is_told() -> None:
    with pytest.raises(Unreadable):
        read_page("mysql://root@127.0.0.1:1/latchkey", "issues", 1)
