"""The site under `netlify dev`: Netlify's CLI, the real shims, the local cloud behind them."""

from __future__ import annotations

import os
import subprocess
import sys

import jwt
import requests

from tests.netlify.conftest import ROOT


def test_a_function_answers_through_its_shim(netlify_dev: str) -> None:
    answer = requests.get(f"{netlify_dev}/.netlify/functions/get/health", timeout=15)

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok"}


def test_a_function_answers_below_api(netlify_dev: str) -> None:
    answer = requests.get(f"{netlify_dev}/api/health", timeout=15)

    assert answer.status_code == 200


def test_head_is_answered_without_a_body(netlify_dev: str) -> None:
    answer = requests.head(f"{netlify_dev}/api/health", timeout=15)

    assert answer.status_code == 200
    assert answer.content == b""


def test_a_method_that_no_function_takes_is_405_with_allow(netlify_dev: str) -> None:
    answer = requests.put(f"{netlify_dev}/api/issues/1", timeout=15)

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "DELETE, GET, HEAD, PATCH"
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_token_that_the_cli_takes_unverified_is_refused(netlify_dev: str) -> None:
    claims = {"sub": "1", "email": "ada@example.com", "exp": 4_000_000_000}
    forged = jwt.encode(claims, "a secret that only the forger knows, and long")

    answer = requests.get(
        f"{netlify_dev}/api/me", headers={"Authorization": f"Bearer {forged}"}, timeout=15
    )

    assert answer.status_code == 401
    assert answer.json()["code"] == "token_invalid"


def test_the_whole_bundle_works(netlify_dev: str) -> None:
    story = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "tests/e2e/whole_bundle/test_whole_bundle.py"],
        cwd=ROOT,
        env=os.environ | {"LATCHKEY_BASE_URL": netlify_dev},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=280,
    )

    assert story.returncode == 0, story.stdout
