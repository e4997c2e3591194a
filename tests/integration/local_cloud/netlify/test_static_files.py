"""Files of the publish folder, as Netlify serves them."""

from __future__ import annotations

import http.client
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/", "home"),
        ("/index.html", "home"),
        ("/profile", "profile"),
        ("/profile/", "profile"),
        ("/profile.html", "profile"),
        ("/profile?token=1", "profile"),
        ("/docs", "docs"),
        ("/docs/", "docs"),
    ],
)
def test_page_has_a_pretty_url(site: str, path: str, body: str) -> None:
    response = requests.get(site + path, timeout=5)

    assert (response.status_code, response.text) == (200, body)


def test_unknown_page_is_the_sites_own_404_page(site: str) -> None:
    response = requests.get(f"{site}/nope", timeout=5)

    assert (response.status_code, response.text) == (404, "lost")


def test_unchanged_file_is_not_sent_again(site: str) -> None:
    first = requests.get(f"{site}/profile", timeout=5)

    second = requests.get(
        f"{site}/profile", headers={"if-none-match": first.headers["etag"]}, timeout=5
    )

    assert (second.status_code, second.content) == (304, b"")
    assert first.headers["cache-control"] == "public,max-age=0,must-revalidate"


def test_posting_to_a_page_is_refused(site: str) -> None:
    response = requests.post(f"{site}/profile", timeout=5)

    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", ["/", "/profile", "/nope"])
def test_every_page_carries_the_headers_of_netlify_toml(site: str, root: Path, path: str) -> None:
    declared = tomllib.loads((root / "netlify.toml").read_text())["headers"][0]["values"]

    sent = requests.get(site + path, timeout=5).headers

    assert {name: sent[name] for name in declared} == declared


def test_answer_of_a_function_does_not_carry_the_headers_of_pages(site: str) -> None:
    sent = requests.get(f"{site}/.netlify/functions/login", timeout=5).headers

    assert "content-security-policy" not in sent


@pytest.mark.parametrize(
    "path",
    [
        "/../netlify.toml",
        "/%2e%2e/netlify.toml",
        "/..%2fnetlify.toml",
        "/%00",
        "/%ff",
        "//etc/passwd",
        "/" + "a" * 5000,
        "/*",
    ],
)
def test_strange_path_finds_nothing(site: str, path: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(site).port, timeout=5)
    connection.putrequest("GET", path)
    connection.endheaders()
    response = connection.getresponse()
    body = response.read()
    connection.close()

    assert (response.status, body) == (404, b"lost")
