"""The redirects of netlify.toml, followed as Netlify follows them."""

from __future__ import annotations

import pytest
import requests

from local.netlify.redirects import Destination, Redirect, destination


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/login", "login"),
        ("/api/invite", "invite"),
        ("/api/invite_user", "invite"),
        ("/api/authenticate", "/api/authenticate"),
        ("/api/authenticate_magic_link", "/api/authenticate_magic_link"),
    ],
)
def test_named_path_leads_to_its_function(site: str, path: str, body: str) -> None:
    assert requests.get(site + path, timeout=10).text == body


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_reading_below_api_calls_get(site: str, method: str) -> None:
    assert requests.request(method, f"{site}/api/issues", timeout=10).status_code == 200


def test_posting_below_api_calls_create(site: str) -> None:
    response = requests.post(f"{site}/api/issues", json={"statusCode": 299}, timeout=10)

    assert response.status_code == 299


def test_patching_below_api_calls_update(site: str) -> None:
    response = requests.patch(f"{site}/api/issues/1", timeout=10)

    assert response.json()["code"] == "function_failed"


def test_deleting_below_api_calls_delete(site: str) -> None:
    response = requests.delete(f"{site}/api/issues/1", timeout=10)

    assert response.json()["code"] == "function_timed_out"


@pytest.mark.parametrize("method", ["PUT", "TRACE", "PROPFIND", "OPTIONS"])
def test_other_methods_below_api_call_get(site: str, method: str) -> None:
    response = requests.request(method, f"{site}/api/issues", timeout=10)

    assert response.json()["event"]["httpMethod"] == method


def test_preflight_below_api_goes_to_the_function_of_the_method_it_asks_for(site: str) -> None:
    headers = {"access-control-request-method": "GET"}

    response = requests.options(f"{site}/api/issues", headers=headers, timeout=10)

    assert response.json()["event"]["httpMethod"] == "OPTIONS"


@pytest.mark.parametrize(
    ("path", "status", "location"),
    [
        ("/moved/a/b", 301, "/profile/a/b"),
        ("/moved/a?q=1&q=2", 301, "/profile/a?q=1&q=2"),
        ("/outside", 307, "https://example.com/there?own=1"),
        ("/outside?q=1", 307, "https://example.com/there?own=1"),
    ],
)
def test_moved_page_is_pointed_to_with_the_query(
    site: str, path: str, status: int, location: str
) -> None:
    response = requests.get(site + path, allow_redirects=False, timeout=5)

    assert (response.status_code, response.headers["location"]) == (status, location)


def test_file_wins_over_a_rule_for_its_path(site: str) -> None:
    assert requests.get(f"{site}/profile", timeout=5).text == "profile"


def test_rule_with_force_wins_over_the_file(site: str) -> None:
    response = requests.get(f"{site}/docs/old.html", allow_redirects=False, timeout=5)

    assert (response.status_code, response.headers["location"]) == (302, "/docs/")


@pytest.mark.parametrize(
    ("path", "status", "body"), [("/app/any/page", 200, "home"), ("/hidden", 404, "docs")]
)
def test_rewrite_answers_with_another_file_in_place(
    site: str, path: str, status: int, body: str
) -> None:
    response = requests.get(site + path, timeout=5)

    assert (response.status_code, response.text) == (status, body)


def test_first_rule_that_matches_wins() -> None:
    rules = [Redirect("/a/b", "/first"), Redirect("/a/*", "/second")]

    assert destination(rules, "/a/b") == Destination(rules[0], "/first")


def test_splat_takes_the_rest_of_the_path() -> None:
    rule = Redirect("/old/*", "/new/:splat")

    assert destination([rule], "/old/a/b") == Destination(rule, "/new/a/b")


def test_splat_matches_nothing_too() -> None:
    rule = Redirect("/old/*", "/new/:splat")

    assert destination([rule], "/old") == Destination(rule, "/new/")


def test_placeholders_take_one_segment_each() -> None:
    rule = Redirect("/:year/:name", "/posts/:name?of=:year")

    assert destination([rule], "/2026/first") == Destination(rule, "/posts/first?of=2026")


def test_path_that_no_rule_names_is_not_redirected() -> None:
    assert destination([Redirect("/old", "/new")], "/older") is None
