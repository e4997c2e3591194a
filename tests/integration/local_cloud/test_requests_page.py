"""`/_dev/requests`: what a running local cloud keeps of a request, and what can be done with it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable

import pytest
import requests

from tests.support.running_cloud import RunningCloud

SECONDS = 15


@pytest.fixture(scope="module")
def token(cloud: RunningCloud) -> str:
    """Ada's access token."""
    grant = {"grant_type": "password", "username": "ada@example.com", "password": "latchkey"}
    answer = cloud.post("/.netlify/identity/token", data=grant)
    return str(answer.json()["access_token"])


@pytest.fixture
def page_of(cloud: RunningCloud, token: str) -> Callable[..., str]:
    """Sends a request as Ada, and answers the path of its page."""

    def send(method: str, path: str, base: str = cloud.url, **options: object) -> str:
        headers = {"Authorization": f"Bearer {token}"}
        answer = requests.request(method, base + path, headers=headers, timeout=SECONDS, **options)
        listed = cloud.get("/_dev/requests").text
        pages = re.findall(r'href="(/_dev/requests/\w{12})"', listed)
        request_id = answer.headers["x-request-id"]
        return next(page for page in pages if request_id in cloud.get(page).text)

    return send


def test_page_of_a_request_shows_each_step(cloud: RunningCloud, page_of) -> None:
    page = cloud.get(page_of("POST", "/api/issues", json={"title": "Oil the hinges"})).text

    steps = re.findall(r'<span class="name">([^<]+)</span>', page)
    assert (steps[0], steps[-1]) == ("Gateway", "Answer")
    assert {"Function create", "Handler", "Authentication", "Statement"} <= set(steps)
    assert "INSERT INTO issues" in page


def test_page_names_the_person(cloud: RunningCloud, page_of) -> None:
    assert "<dd>ada@example.com</dd>" in cloud.get(page_of("GET", "/api/me")).text


def test_page_tells_which_call_authentication_made(cloud: RunningCloud, page_of) -> None:
    page = cloud.get(page_of("POST", "/api/users", json={"email": "asked@example.com"})).text

    assert "asks the provider" in page
    assert "/.netlify/identity/admin/users/" in page


def test_page_shows_no_credential(cloud: RunningCloud, page_of, token: str) -> None:
    page = cloud.get(page_of("GET", "/api/issues")).text

    assert token not in page
    assert "Bearer (masked," in page


def test_requests_of_the_aws_face_are_kept_too(cloud: RunningCloud, page_of) -> None:
    page = cloud.get(page_of("GET", "/api/me", base=cloud.address("AWS HTTP API"))).text

    assert "<dd>HTTP API</dd>" in page


def test_request_is_sent_again(cloud: RunningCloud, page_of) -> None:
    page = page_of("GET", "/api/me")

    answer = cloud.post(f"{page}/again")

    assert answer.url != cloud.url + page
    assert "<h1>GET /api/me</h1>" in answer.text
    assert "<dd>ada@example.com</dd>" in answer.text


def test_curl_command_sends_the_same_request(cloud: RunningCloud, page_of) -> None:
    command = cloud.get(f"{page_of('GET', '/api/me')}/curl").text

    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)

    assert '"email":"ada@example.com"' in done.stdout


def test_event_file_can_be_invoked(cloud: RunningCloud, page_of) -> None:
    file = cloud.get(f"{page_of('GET', '/api/me')}/event.json").json()

    assert file["event"]["path"] == "/api/me"
    assert file["clientContext"]["user"]["email"] == "ada@example.com"


def test_request_that_is_no_longer_kept_says_so(cloud: RunningCloud) -> None:
    answer = cloud.get("/_dev/requests/000000000000")

    assert (answer.status_code, "no longer kept" in answer.text) == (404, True)


def test_page_of_another_site_sends_nothing_again(cloud: RunningCloud, page_of) -> None:
    page = page_of("GET", "/api/me")

    answer = cloud.post(f"{page}/again", headers={"Origin": "https://evil.example"})

    assert answer.status_code == 403


@pytest.mark.parametrize("what", ["", "/curl", "/event.json"])
def test_page_of_another_site_reads_nothing(cloud: RunningCloud, page_of, what: str) -> None:
    answer = cloud.get(page_of("GET", "/api/me") + what, headers={"Origin": "https://evil.example"})

    assert "access-control-allow-origin" not in answer.headers
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["x-frame-options"] == "DENY"


def test_function_writes_no_spans_into_the_log(cloud: RunningCloud, page_of) -> None:
    page_of("GET", "/api/me")

    assert '"spans"' not in cloud.text + cloud.log


def test_open_page_is_told_of_a_request(cloud: RunningCloud) -> None:
    with requests.get(f"{cloud.url}/_dev/events", stream=True, timeout=SECONDS) as stream:
        lines = stream.iter_lines(decode_unicode=True)
        assert next(lines).startswith("retry:")
        cloud.get("/.netlify/functions/get/me")

        assert next(line for line in lines if line.startswith("data:")) == "data: requests"
