"""The site under Netlify's CLI: the real shims of both forms, the local cloud behind them."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys

import jwt
import pytest
import requests

from tests.netlify.conftest import ROOT, NetlifyDev

CLAIMS = {
    "sub": "1",
    "email": "ada@example.com",
    "exp": 4_000_000_000,
    "app_metadata": {"roles": ["admin"]},
}
FORGED = jwt.encode(CLAIMS, "a secret that only the forger knows, and long")


def netlifys_header(user: object) -> dict[str, str]:
    """What Netlify tells a modern function of Identity, sent by a visitor."""
    info = {"url": "http://127.0.0.1:9/identity", "token": "operator", "user": user}
    return {"x-nf-identity-info": base64.b64encode(json.dumps(info).encode()).decode()}


def test_a_function_answers_through_its_shim(served: str) -> None:
    answer = requests.get(f"{served}/.netlify/functions/get/health", timeout=15)

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok"}


def test_head_is_answered_without_a_body(served: str) -> None:
    answer = requests.head(f"{served}/.netlify/functions/get/health", timeout=15)

    assert answer.status_code == 200
    assert answer.content == b""


@pytest.mark.parametrize("method", ["PUT", "OPTIONS"])
def test_a_method_that_no_function_takes_is_405_with_allow(served: str, method: str) -> None:
    url = f"{served}/.netlify/functions/api/issues/1"

    answer = requests.request(method, url, timeout=15)

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "DELETE, GET, HEAD, PATCH"
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_body_is_read_whatever_its_type(served: str) -> None:
    answer = requests.post(
        f"{served}/.netlify/functions/login",
        data='{"email": "Zoë"}'.encode(),
        headers={"Content-Type": "application/octet-stream"},
        timeout=15,
    )

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "email"


def test_a_body_that_lambda_would_not_take_is_413(served: str) -> None:
    answer = requests.post(
        f"{served}/.netlify/functions/create",
        data=b"\xff" * 5_000_000,
        headers={"Content-Type": "application/octet-stream"},
        timeout=30,
    )

    assert answer.status_code == 413
    assert answer.json()["detail"] == "The request is larger than 6 MB."


def test_a_token_that_the_cli_takes_unverified_is_refused(served: str) -> None:
    headers = {"Authorization": f"Bearer {FORGED}"}

    answer = requests.get(f"{served}/.netlify/functions/get/me", headers=headers, timeout=15)

    assert answer.status_code == 401
    assert answer.json()["code"] == "token_invalid"


def test_a_visitor_who_names_a_user_in_netlifys_header_is_nobody(served: str) -> None:
    url = f"{served}/.netlify/functions/get/me"

    answer = requests.get(url, headers=netlifys_header(CLAIMS), timeout=15)

    assert answer.status_code == 401
    assert answer.json()["code"] == "no_credentials"


def test_a_visitor_who_names_a_user_in_netlifys_header_and_in_a_token_is_refused(
    served: str,
) -> None:
    headers = {**netlifys_header(CLAIMS), "Authorization": f"Bearer {FORGED}"}

    answer = requests.get(f"{served}/.netlify/functions/get/me", headers=headers, timeout=15)

    assert answer.status_code == 401
    assert answer.json()["code"] == "token_invalid"


def test_a_function_answers_below_api(netlify_dev: NetlifyDev) -> None:
    answer = requests.get(f"{netlify_dev.url}/api/health", timeout=15)

    assert answer.status_code == 200


def test_the_whole_bundle_works(netlify_dev: NetlifyDev) -> None:
    story = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "tests/e2e/whole_bundle/test_whole_bundle.py"],
        cwd=ROOT,
        env=os.environ | {"LATCHKEY_BASE_URL": netlify_dev.url},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=280,
    )

    assert story.returncode == 0, story.stdout


def test_a_change_of_a_user_reaches_the_function_through_the_typed_handler(served: str) -> None:
    user = {
        "id": "3f0c1d52-6f0e-4c0a-9d5c-2b1e8a7f6d43",
        "email": "nobody@example.com",
        "created_at": "2026-11-21T10:00:00Z",
    }

    answer = requests.post(
        f"{served}/.netlify/functions/identity-changes",
        headers={"X-Netlify-Event": "identity_userdeleted"},
        json={"event": "userdeleted", "user": user},
        timeout=15,
    )

    assert answer.status_code == 200, answer.text
