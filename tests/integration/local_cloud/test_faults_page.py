"""`/_dev/faults`: what its buttons do to the emulators and to the database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from local import identity, stytch
from local.identity.app import ROUTES as IDENTITY_ROUTES
from local.stytch.app import PUBLIC_ROUTES, ROUTES
from local.stytch.front_end.app import CALLS, FRONT_END_PATH
from tests.support.running_cloud import RunningCloud, Starter

PATH = "/_dev/faults"


@pytest.fixture
def calm_cloud(cloud: RunningCloud) -> Iterator[RunningCloud]:
    """The cloud of all tests; nothing is planned in it before and after."""
    cloud.post(f"{PATH}/forget")
    yield cloud
    cloud.post(f"{PATH}/forget")
    cloud.post(f"{PATH}/reset")


def plan(cloud: RunningCloud, **fields: str) -> requests.Response:
    defaults = {"provider": "netlify", "path": "/settings", "way": "503", "count": "1"}
    return cloud.post(f"{PATH}/plan", data=defaults | fields)


def settings_status(cloud: RunningCloud) -> int:
    return cloud.get("/.netlify/identity/settings").status_code


def test_planned_fault_happens_so_many_times(calm_cloud: RunningCloud) -> None:
    plan(calm_cloud, count="2")

    statuses = [settings_status(calm_cloud) for _ in range(3)]
    assert statuses == [503, 503, 200]


def test_planned_fault_is_shown_on_every_page(calm_cloud: RunningCloud) -> None:
    plan(calm_cloud)

    sentence = "Netlify Identity: the next call of /settings answers 503"
    assert sentence in calm_cloud.get("/_dev/outbox").text


def test_forgotten_fault_does_not_happen(calm_cloud: RunningCloud) -> None:
    plan(calm_cloud)
    calm_cloud.post(f"{PATH}/forget")

    assert settings_status(calm_cloud) == 200


def test_fault_of_stytch_happens_at_stytch(calm_cloud: RunningCloud) -> None:
    plan(calm_cloud, provider="stytch", path="/", way="html")

    answer = requests.get(f"{calm_cloud.address('Stytch')}/v1/sessions", timeout=15)
    assert (answer.status_code, answer.headers["content-type"][:9]) == (502, "text/html")


@pytest.mark.parametrize(
    "fields",
    [{"provider": "nobody"}, {"way": "politely"}, {"count": "many"}, {"count": "0"}, {"path": "x"}],
)
def test_fault_that_cannot_be_planned_is_refused_with_a_reason(
    calm_cloud: RunningCloud, fields: dict[str, str]
) -> None:
    answer = plan(calm_cloud, **fields)

    assert answer.status_code == 400
    assert answer.text.endswith(".")


def test_time_is_moved_and_comes_back(calm_cloud: RunningCloud) -> None:
    calm_cloud.post(f"{PATH}/advance", data={"seconds": "604800"})
    assert "The providers&#x27; time is 7 days ahead" in calm_cloud.get("/_dev/").text

    calm_cloud.post(f"{PATH}/reset")
    assert "ahead" not in calm_cloud.get("/_dev/").text


def test_keys_of_stytch_are_rotated(calm_cloud: RunningCloud) -> None:
    project = "project-test-00000000-0000-4000-8000-000000000000"
    url = f"{calm_cloud.address('Stytch')}/v1/sessions/jwks/{project}"
    before = requests.get(url, timeout=15).json()["keys"]

    calm_cloud.post(f"{PATH}/rotate")

    assert len(requests.get(url, timeout=15).json()["keys"]) == len(before) + 1


@pytest.mark.parametrize("button", ["plan", "forget", "advance", "reset", "rotate", "kill"])
def test_page_of_another_site_presses_no_button(calm_cloud: RunningCloud, button: str) -> None:
    answer = calm_cloud.post(f"{PATH}/{button}", headers={"Origin": "https://evil.example"})

    assert answer.status_code == 403


def test_form_that_is_too_large_is_refused(calm_cloud: RunningCloud) -> None:
    assert plan(calm_cloud, path="/" + "x" * 20_000).status_code == 413


def test_killed_database_comes_back(start_cloud: Starter) -> None:
    cloud = start_cloud()
    cloud.wait_until_ready()

    cloud.post(f"{PATH}/kill")

    cloud.wait_for("answers again")
    assert cloud.get("/.netlify/functions/get/health").status_code == 200


def test_what_can_fail_at_identity_has_a_route() -> None:
    routes = {route.path for route in IDENTITY_ROUTES}

    assert set(identity.ENDPOINTS) - {"/"} <= routes


def test_what_can_fail_at_stytch_has_a_route() -> None:
    routes = [route.path for route in PUBLIC_ROUTES] + [f"/v1{route.path}" for route in ROUTES]
    routes += [f"{FRONT_END_PATH}{path}" for _, path, _ in CALLS]

    paths = set(stytch.ENDPOINTS) - {"/"}
    assert {path for path in paths if any(route.startswith(path) for route in routes)} == paths
