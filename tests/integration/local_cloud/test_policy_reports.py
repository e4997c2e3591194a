"""What the Content-Security-Policy blocks is said in the log of the local cloud."""

from __future__ import annotations

import tomllib

import pytest
import requests

from tests.support.host_package import ROOT
from tests.support.running_cloud import RunningCloud

PATH = "/_dev/policy-reports"
REPORT = {
    "csp-report": {
        "document-uri": "http://localhost/",
        "effective-directive": "script-src-elem",
        "blocked-uri": "inline",
        "line-number": 3,
    }
}


def declared_policy() -> str:
    rules = tomllib.loads((ROOT / "netlify.toml").read_text())["headers"]
    return str(rules[0]["values"]["Content-Security-Policy"])


def send(cloud: RunningCloud, **options: object) -> requests.Response:
    return requests.post(f"{cloud.url}{PATH}", timeout=5, **options)


def test_a_page_has_the_declared_policy_and_asks_for_reports(cloud: RunningCloud) -> None:
    policy = cloud.get("/").headers["content-security-policy"]

    assert policy == f"{declared_policy()}; report-uri {PATH}"


def test_the_local_pages_keep_their_own_policy(cloud: RunningCloud) -> None:
    assert "report-uri" not in cloud.get("/_dev/").headers["content-security-policy"]


def test_a_report_is_said_in_the_log(cloud: RunningCloud) -> None:
    answer = send(cloud, json=REPORT)

    assert answer.status_code == 204
    said = "[site] The Content-Security-Policy of netlify.toml blocked an inline script: line 3"
    assert said in cloud.log


@pytest.mark.parametrize("body", [b"", b"no JSON", b"[]", b'{"csp-report": 1}', b"x" * 20_000])
def test_what_is_no_report_is_refused(cloud: RunningCloud, body: bytes) -> None:
    assert send(cloud, data=body).status_code == 400


def test_pages_of_other_sites_cannot_write_to_the_log(cloud: RunningCloud) -> None:
    answer = send(cloud, json=REPORT, headers={"Origin": "https://evil.example"})

    assert answer.status_code == 403
