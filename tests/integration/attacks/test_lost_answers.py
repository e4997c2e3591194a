"""A statement that ran, and whose answer was lost on the way: what is repeated, and what is not."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from local.database import database_for_tools
from tests.integration.attacks.losing_proxy import LosingProxy
from tests.support.clouds import ready_cloud
from tests.support.running_cloud import RunningCloud
from tests.support.visitor import Visitor


@pytest.fixture(scope="module")
def network(cloud: RunningCloud) -> Iterator[LosingProxy]:
    with database_for_tools(os.environ, cloud.state, lambda _line: None) as url:
        [server_socket] = parse_qs(urlsplit(url).query)["unix_socket"]
    proxy = LosingProxy(server_socket)
    yield proxy
    proxy.close()


@pytest.fixture(scope="module")
def grace(network: LosingProxy, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """A member whose cloud reaches its database through the network."""
    url = f"mysql://root@127.0.0.1:{network.port}/latchkey"
    with ready_cloud(tmp_path_factory, DATABASE_URL=url) as running:
        visitor = Visitor(running.url, "grace@example.com")
        visitor.sign_in("latchkey")
        yield visitor


@pytest.fixture
def title() -> str:
    return uuid.uuid4().hex


def titles(visitor: Visitor) -> list[str]:
    issues = visitor.call("GET", "/api/issues?assignee=me&limit=200").json()
    return [issue["title"] for issue in issues]


def test_an_issue_whose_answer_was_lost_is_there_once(
    grace: Visitor, network: LosingProxy, title: str
) -> None:
    network.lose_next_answer_to(b"INSERT INTO issues")

    answer = grace.call("POST", "/api/issues", json={"title": title})

    assert answer.status_code == 201
    assert titles(grace).count(title) == 1


def test_a_change_whose_answer_was_lost_is_made(
    grace: Visitor, network: LosingProxy, title: str
) -> None:
    issue = grace.call("POST", "/api/issues", json={"title": title}).json()
    network.lose_next_answer_to(b"UPDATE issues")

    answer = grace.call("PATCH", f"/api/issues/{issue['id']}", json={"status": "done"})

    assert answer.status_code == 200
    assert answer.json()["status"] == "done"


def test_a_deletion_whose_answer_was_lost_is_not_called_a_missing_issue(
    grace: Visitor, network: LosingProxy, title: str
) -> None:
    issue = grace.call("POST", "/api/issues", json={"title": title}).json()
    network.lose_next_answer_to(b"DELETE FROM issues")

    answer = grace.call("DELETE", f"/api/issues/{issue['id']}")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert title not in titles(grace)


def test_a_list_whose_answer_was_lost_is_read_again(grace: Visitor, network: LosingProxy) -> None:
    network.lose_next_answer_to(b"FROM issues WHERE")

    answer = grace.call("GET", "/api/issues")

    assert answer.status_code == 200
