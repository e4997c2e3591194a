"""Every route, called over HTTP and answered by the unpacked zip under Lambda's runtime client."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
import yaml

from tests.support.host_package import ROOT
from tests.support.running_cloud import RunningCloud
from tests.support.visitor import Visitor, wait_for_next_second

Route = tuple[str, str]

ANSWERS = {
    ("GET", "/health"): 200,
    ("GET", "/me"): 200,
    ("POST", "/issues"): 201,
    ("GET", "/issues"): 200,
    ("GET", "/issues/{id}"): 200,
    ("PATCH", "/issues/{id}"): 200,
    ("DELETE", "/issues/{id}"): 200,
    ("POST", "/users"): 201,
    ("GET", "/users"): 200,
    ("GET", "/users/{id}"): 200,
    ("DELETE", "/users/{id}"): 200,
    ("POST", "/invite"): 200,
    ("POST", "/login"): 200,
    ("GET", "/authenticate"): 303,
    ("POST", "/logout"): 200,
    ("GET", "/sessions"): 200,
    ("DELETE", "/sessions/{id}"): 200,
    ("DELETE", "/account"): 204,
}


class Caller:
    """A visitor of the HTTP API, and what it answered by route."""

    def __init__(self, visitor: Visitor, api_url: str) -> None:
        self.visitor = visitor
        self.api_url = api_url
        self.answers: dict[Route, int] = {}

    def call(self, method: str, route: str, **request: Any) -> requests.Response:
        path = route.format(id=request.pop("id", ""))
        answer = self.visitor.call(method, f"{self.api_url}/api{path}", **request)
        self.answers[method, route] = answer.status_code
        return answer


def manage(admin: Caller) -> None:
    """What an administrator does with issues and users."""
    issue = admin.call("POST", "/issues", json={"title": "From the package"}).json()["id"]
    admin.call("GET", "/issues")
    admin.call("GET", "/issues/{id}", id=issue)
    admin.call("PATCH", "/issues/{id}", id=issue, json={"status": "done"})
    admin.call("DELETE", "/issues/{id}", id=issue)
    new = {"name": "Rosa", "email": "rosa@example.com"}
    user = admin.call("POST", "/users", json=new).json()["id"]
    admin.call("GET", "/users")
    admin.call("GET", "/users/{id}", id=user)
    admin.call("DELETE", "/users/{id}", id=user)
    admin.call("POST", "/invite", json={"email": "noor@example.com"})


def come_and_go(visitor: Caller) -> None:
    """What everybody does: sign in with a link, look, leave, return, and leave for good."""
    visitor.call("GET", "/health")
    sign_in(visitor)
    visitor.call("GET", "/me")
    visitor.call("POST", "/logout", headers={"Origin": visitor.api_url})
    wait_for_next_second()
    sign_in(visitor)
    [own] = visitor.call("GET", "/sessions").json()
    visitor.call("DELETE", "/sessions/{id}", id=own["id"], headers={"Origin": visitor.api_url})
    wait_for_next_second()
    sign_in(visitor)
    visitor.call("DELETE", "/account", headers={"Origin": visitor.api_url})


def sign_in(visitor: Caller) -> None:
    visitor.visitor.ask_for_link()
    visitor.call("POST", "/login", json={"email": "someone-else@example.com"})
    link = urlsplit(visitor.visitor.inbox.newest_link(visitor.visitor.email))
    visitor.call("GET", f"/authenticate?{link.query}")


@pytest.fixture(scope="module")
def answers(package_cloud: RunningCloud) -> dict[Route, int]:
    """How each route answered to somebody who may call it."""
    api_url = package_cloud.address("AWS HTTP API")
    admin = Caller(Visitor(package_cloud.url, "ada@example.com"), api_url)
    admin.visitor.sign_in("latchkey")
    manage(admin)
    visitor = Caller(Visitor(package_cloud.url, "lin@example.com"), api_url)
    come_and_go(visitor)
    answers = admin.answers | visitor.answers
    return {(method, route.partition("?")[0]): answers[method, route] for method, route in answers}


def documented_routes() -> set[Route]:
    document = yaml.safe_load((ROOT / "docs" / "openapi.yaml").read_text())
    return {
        (method.upper(), path)
        for path, item in document["paths"].items()
        for method in item
        if method != "parameters"
    }


def test_the_python_that_runs_it_brings_no_package_along(lambda_python: Path) -> None:
    done = subprocess.run([lambda_python, "-c", "import starlette"], capture_output=True)

    assert b"No module named 'starlette'" in done.stderr


def test_every_route_that_is_called_is_documented() -> None:
    assert set(ANSWERS) - documented_routes() == set()


@pytest.mark.parametrize(
    "function", sorted((ROOT / "functions").glob("[a-z]*.py")), ids=lambda path: path.stem
)
def test_every_function_runs(function: Path, package_cloud: RunningCloud) -> None:
    api_url = package_cloud.address("AWS HTTP API")

    answer = requests.get(f"{api_url}/.netlify/functions/{function.stem}/nothing", timeout=30)

    assert (answer.status_code, answer.json()["code"]) == (404, "route_not_found")


@pytest.mark.parametrize("route", sorted(ANSWERS), ids=" ".join)
def test_a_route_answers(route: Route, answers: dict[Route, int]) -> None:
    assert answers[route] == ANSWERS[route]
