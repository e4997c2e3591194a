"""Stytch's front-end API at the site's own address."""

from __future__ import annotations

import pytest
import requests

from local.settings import LOCAL_STYTCH_PUBLIC_TOKEN
from tests.support.running_cloud import RunningCloud, Starter

BOOTSTRAP = f"/sdk/v1/projects/bootstrap/{LOCAL_STYTCH_PUBLIC_TOKEN}"


def get(cloud: RunningCloud, path: str, origin: str = "") -> requests.Response:
    return requests.get(
        cloud.url + path,
        auth=(LOCAL_STYTCH_PUBLIC_TOKEN, LOCAL_STYTCH_PUBLIC_TOKEN),
        headers={"X-SDK-Parent-Host": origin or cloud.url},
        timeout=10,
    )


def test_the_site_answers_its_own_pages(cloud: RunningCloud) -> None:
    assert get(cloud, BOOTSTRAP).json()["data"]["project_name"] == "Latchkey"


def test_a_fault_that_was_planned_by_the_whole_path_meets_it(cloud: RunningCloud) -> None:
    url = f"{cloud.address('Stytch')}/_admin/faults"
    requests.post(url, json={"path": "/sdk/v1/projects", "status": 503}, timeout=10)

    assert get(cloud, BOOTSTRAP).status_code == 503


@pytest.mark.parametrize("path", ["/v1/debug/whoami", "/sdk/v1/v1/debug/whoami", "/sdk/v1/_admin"])
def test_nothing_else_of_stytch_is_there(cloud: RunningCloud, path: str) -> None:
    assert get(cloud, path).status_code == 404


def test_pages_of_another_site_are_refused(cloud: RunningCloud) -> None:
    answer = get(cloud, BOOTSTRAP, origin="https://evil.example")

    assert answer.json()["error_type"] == "bad_domain_for_stytch_sdk"


def test_a_site_without_stytch_has_none(start_cloud: Starter) -> None:
    cloud = start_cloud(PROVIDERS="netlify")
    cloud.wait_until_ready()

    assert get(cloud, BOOTSTRAP).status_code == 404
