"""`python -m local.stytch`: the emulator alone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
import requests
import stytch

from tests.contract.stytch.under_test import only_emulator

pytestmark = only_emulator("it is about the emulator alone")
PROJECT_ID = "project-test-11111111-1111-4111-8111-111111111111"
LANDING = "https://example.com/in"
PAGE = "https://example.com"
PUBLIC_TOKEN = "public-token-test-00000000-0000-4000-8000-000000000000"


@pytest.fixture
def base_url() -> Iterator[str]:
    options = ["--project-id", PROJECT_ID, "--secret", "other", "--redirect-url", LANDING]
    options += ["--authorized-domain", PAGE]
    process = subprocess.Popen(
        [sys.executable, "-m", "local.stytch", *options], stdout=subprocess.PIPE, text=True
    )
    with process:
        yield process.stdout.readline().strip()
        process.terminate()


def test_it_prints_its_url_and_is_configured_on_the_command_line(base_url):
    client = stytch.Client(PROJECT_ID, "other", environment=base_url)

    assert client.debug.whoami().project_id == PROJECT_ID


def test_its_mails_can_be_read_over_http(base_url):
    client = stytch.Client(PROJECT_ID, "other", environment=base_url)
    client.magic_links.email.login_or_create("ada@example.com")

    (mail,) = requests.get(f"{base_url}/_dev/outbox.json", timeout=10).json()

    assert mail["to"] == "ada@example.com"
    assert mail["link"].startswith(f"{LANDING}?")


def test_it_answers_the_pages_that_are_named(base_url):
    url = f"{base_url}/sdk/v1/projects/bootstrap/{PUBLIC_TOKEN}"
    auth, headers = (PUBLIC_TOKEN, PUBLIC_TOKEN), {"X-SDK-Parent-Host": PAGE}

    answer = requests.get(url, auth=auth, headers=headers, timeout=10)

    assert answer.status_code == 200
