"""Words that would be more than words elsewhere: SQL, paths, header lines, secrets in the log."""

from __future__ import annotations

import base64
import uuid

import pytest
import requests

from tests.support.running_cloud import RunningCloud
from tests.support.visitor import Visitor
from tests.support.visitors import NewVisitor

SQL = ["' OR '1'='1", '" OR ""="', "1; DROP TABLE issues", "%(owner)s", "%s %d %%", "\\'; -- "]


@pytest.mark.parametrize("sql", SQL)
def test_sql_in_a_title_is_a_title(member: Visitor, sql: str) -> None:
    created = member.call("POST", "/api/issues", json={"title": sql}).json()

    changed = member.call("PATCH", f"/api/issues/{created['id']}", json={"title": sql + "!"})

    assert created["title"] == sql.strip()
    assert changed.json()["title"] == sql + "!"


@pytest.mark.parametrize("sql", SQL)
def test_sql_in_an_idempotency_key_is_a_key(member: Visitor, sql: str) -> None:
    key = {"Idempotency-Key": sql + uuid.uuid4().hex}

    first = member.call("POST", "/api/issues", json={"title": "Once"}, headers=key)
    second = member.call("POST", "/api/issues", json={"title": "Once"}, headers=key)

    assert first.status_code == second.status_code == 201
    assert first.json()["id"] == second.json()["id"]


@pytest.mark.parametrize("sql", [*SQL, "1 OR 1=1", "0x1", "1e1"])
def test_sql_in_a_cursor_is_no_cursor(member: Visitor, sql: str) -> None:
    cursor = base64.urlsafe_b64encode(f"id:{sql}".encode()).decode().rstrip("=")

    answer = member.call("GET", "/api/issues", params={"after": cursor})

    assert answer.status_code == 400
    assert answer.json()["code"] == "cursor_invalid"


@pytest.mark.parametrize(
    "path",
    [
        "/.netlify/functions/delete//",
        "/.netlify/functions/delete%2F",
        "/.netlify/functions/delete%00",
        "/.netlify/functions/delete;account",
        "/.netlify/functions/DELETE",
        "/.netlify/functions//delete",
        "/.netlify/functions/delete/.netlify/functions/delete",
        "/.netlify/functions/delete/issues/%2e%2e%2f%2e%2e",
        "/.netlify/functions/api",
        "/$default/.netlify/functions/delete",
        "/api/.netlify/functions/delete",
        "/api/account/",
        "/api/Account",
    ],
)
def test_a_path_beside_the_account_never_deletes_it(
    member: Visitor, cloud: RunningCloud, door: str, path: str
) -> None:
    answer = member.call("DELETE", door + path)

    assert answer.status_code in {404, 405}
    assert member.call("POST", "/api/issues", json={"title": "Still here"}).status_code == 201


def test_a_line_break_in_the_query_is_no_header(member: Visitor) -> None:
    member.call("POST", "/api/issues", json={"title": "One"})
    member.call("POST", "/api/issues", json={"title": "Two"})

    answer = member.call("GET", "/api/issues?limit=1&x=%0d%0aSet-Cookie:%20a=b")

    assert "%0D%0ASet-Cookie" in answer.headers["Link"]
    assert "Set-Cookie" not in answer.headers


def test_the_landing_leads_nowhere_else(cloud: RunningCloud) -> None:
    answer = requests.get(
        f"{cloud.url}/api/authenticate?token=x&redirect=//evil.example&next=https://evil.example",
        headers={"Accept": "text/html", "X-Forwarded-Host": "evil.example"},
        allow_redirects=False,
        timeout=30,
    )

    assert answer.headers["Location"] == "/?error=link_malformed"


@pytest.mark.parametrize("page", ["/", "/profile", "/nowhere"])
def test_no_other_site_may_frame_a_page(cloud: RunningCloud, page: str) -> None:
    answer = cloud.get(page)

    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_the_log_holds_no_secret_and_no_address(
    cloud: RunningCloud, stytch_visitor: NewVisitor, netlify_visitor: NewVisitor
) -> None:
    by_link, by_password = stytch_visitor("quiet"), netlify_visitor("quiet")
    title = uuid.uuid4().hex
    by_link.call("POST", "/api/issues", json={"title": title})
    by_password.call("POST", "/api/issues", json={"title": title})
    secrets = [*by_link.browser.cookies.values(), str(by_password.bearer)]

    log = cloud.text + cloud.log

    assert [
        word for word in [by_link.email, by_password.email, title, *secrets] if word in log
    ] == []
