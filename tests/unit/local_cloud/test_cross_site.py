"""Other sites' pages, which a browser lets send simple requests to this machine."""

from __future__ import annotations

import asyncio

import pytest
from starlette.responses import PlainTextResponse

from local.kit.cross_site import CrossSiteCheck


def status(method: str, path: str, **headers: str) -> int:
    """What a request gets, where everything below `/controls` is guarded."""
    app = CrossSiteCheck(PlainTextResponse("done"), ("/controls",))
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()],
    }
    sent = []

    async def send(message):
        sent.append(message)

    asyncio.run(app(scope, None, send))
    return sent[0]["status"]


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://["},
        {"origin": "http://localhost.evil.example"},
        {"sec_fetch_site": "cross-site", "origin": "http://localhost:8888"},
    ],
)
def test_another_sites_page_is_refused(headers):
    assert status("POST", "/controls/reset", **headers) == 403


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://localhost:8888"},
        {"origin": "http://127.0.0.1:8888", "sec_fetch_site": "same-site"},
        {"origin": "http://[::1]:8888"},
        {"sec_fetch_site": "none"},
    ],
)
def test_programs_and_pages_of_this_machine_pass(headers):
    assert status("POST", "/controls/reset", **headers) == 200


def test_reading_passes():
    assert status("GET", "/controls", origin="https://evil.example") == 200


def test_what_is_not_guarded_passes():
    assert status("POST", "/api/issues", origin="https://evil.example") == 200
