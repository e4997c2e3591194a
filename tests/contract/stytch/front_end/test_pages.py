"""Which pages may call the front-end API, and what the SDK asks before anything else."""

from __future__ import annotations

from dataclasses import replace

import pytest
import requests

from tests.contract.stytch.front_end.page import Page, problem
from tests.contract.stytch.under_test import FRONT_END, only_emulator
from tests.support.stytch_emulator import OWN_PAGE

pytestmark = only_emulator(FRONT_END)

ANOTHER = "public-token-test-11111111-1111-4111-8111-111111111111"
ELSEWHERE = "http://localhost:5173"


def test_the_project_tells_the_sdk_how_it_is_set_up(page: Page) -> None:
    data = page.bootstrap().json()["data"]

    assert data["vertical"] == "CONSUMER"
    assert data["captcha_settings"] == {"enabled": False}
    assert data["dfp_protected_auth_enabled"] is False
    assert data["pkce_required_for_email_magic_links"] is False


def test_a_project_can_ask_for_pkce(start_emulator) -> None:
    page = Page(start_emulator(pkce_in_front_end=True))

    assert page.bootstrap().json()["data"]["pkce_required_for_email_magic_links"] is True


@pytest.mark.parametrize("token", ["", "stytch_live_1", "public-token-test-1", "secret-test-local"])
def test_what_is_no_public_token_is_refused(page: Page, token: str) -> None:
    answer = replace(page, public_token=token).call("GET", f"/projects/bootstrap/{ANOTHER}")

    assert problem(answer) == (400, "invalid_public_token_id")


def test_the_public_token_of_another_project_is_unknown(page: Page) -> None:
    answer = replace(page, public_token=ANOTHER).bootstrap()

    assert problem(answer) == (404, "public_token_not_found")


def test_the_configuration_of_another_project_is_not_told(page: Page) -> None:
    answer = page.call("GET", f"/projects/bootstrap/{ANOTHER}")

    assert problem(answer) == (404, "public_token_not_found")


@pytest.mark.parametrize(
    "header", [None, "Bearer x", "Basic", "Basic %", "Basic /w==", "Basic YQ=="]
)
def test_a_call_without_a_public_token_is_refused(page: Page, header: str | None) -> None:
    answer = page.call("GET", "/users/me", Authorization=header)

    assert problem(answer) == (401, "unauthorized_credentials")


@pytest.mark.parametrize(
    "origin", [None, ELSEWHERE, "http://localhost:8888/", "https://localhost:8888"]
)
def test_a_page_of_another_domain_is_refused(page: Page, origin: str | None) -> None:
    answer = replace(page, origin=origin).bootstrap()

    assert problem(answer) == (400, "bad_domain_for_stytch_sdk")


def test_a_page_that_names_another_origin_than_the_browser_is_refused(page: Page) -> None:
    answer = page.call("GET", "/users/me", Origin=ELSEWHERE)

    assert problem(answer) == (400, "bad_domain_for_stytch_sdk")


def test_the_credentials_of_a_server_open_nothing_here(page: Page, emulator) -> None:
    answer = emulator.call("GET", "/sdk/v1/users/me", headers={"X-SDK-Parent-Host": OWN_PAGE})

    assert problem(answer) == (400, "invalid_public_token_id")


def test_a_public_token_opens_nothing_of_the_servers_api(page: Page, emulator) -> None:
    auth = (page.public_token, page.public_token)

    answer = requests.get(f"{emulator.base_url}/v1/debug/whoami", auth=auth, timeout=10)

    assert problem(answer) == (401, "unauthorized_credentials")


def test_a_page_of_another_origin_may_read_the_answer(page: Page) -> None:
    answer = page.call("GET", "/users/me", Origin=OWN_PAGE)

    assert answer.headers["Access-Control-Allow-Origin"] == OWN_PAGE
    assert answer.headers["Access-Control-Allow-Credentials"] == "true"


def test_a_refused_page_may_read_why(page: Page) -> None:
    answer = page.call("GET", "/users/me", Origin=ELSEWHERE)

    assert answer.headers["Access-Control-Allow-Origin"] == ELSEWHERE


def test_a_browser_may_ask_whether_a_page_may_call(page: Page, emulator) -> None:
    asked = "authorization,content-type,x-sdk-client,x-sdk-parent-host"
    answer = requests.options(
        f"{emulator.base_url}/sdk/v1/sessions/authenticate",
        headers={
            "Origin": OWN_PAGE,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": asked,
        },
        timeout=10,
    )

    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Headers"].replace(" ", "") == asked


def test_the_servers_api_is_not_for_pages(emulator) -> None:
    answer = emulator.call("GET", "/v1/debug/whoami", headers={"Origin": OWN_PAGE})

    assert "Access-Control-Allow-Origin" not in answer.headers


def test_events_are_taken_without_a_token(emulator) -> None:
    url = f"{emulator.base_url}/sdk/v1/events"

    answer = requests.post(url, json=[{"telemetry": {}, "event": {}}], timeout=10)

    assert answer.json()["data"]["status_code"] == 200


@pytest.mark.parametrize("body", ["", "{}", "[" * 100_000])
def test_events_are_a_list(emulator, body: str) -> None:
    answer = requests.post(f"{emulator.base_url}/sdk/v1/events", data=body, timeout=10)

    assert problem(answer) == (400, "bad_request")


def test_an_unknown_call_is_not_found(page: Page) -> None:
    assert problem(page.call("POST", "/passwords")) == (404, "route_not_found")


def test_a_planned_fault_meets_the_sdk_too(page: Page, emulator) -> None:
    emulator.admin("POST", "/faults", path="/sdk/v1/users", status=503).raise_for_status()

    answer = page.call("GET", "/users/me", Origin=OWN_PAGE)

    assert problem(answer) == (503, "service_unavailable")
    assert answer.headers["Access-Control-Allow-Origin"] == OWN_PAGE
