"""What the API page consists of; tests/e2e/browser/test_api_page.py looks at it in a browser."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.support.running_cloud import RunningCloud

ROOT = Path(__file__).parents[3]


def directives(policy: str) -> dict[str, str]:
    """The sources that a Content-Security-Policy allows, by kind."""
    return dict(part.strip().split(" ", 1) for part in policy.split(";"))


def test_every_script_of_the_page_is_a_file(cloud: RunningCloud) -> None:
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", cloud.get("/_dev/api").text)

    assert len(scripts) == 3
    assert all(" src=" in attributes and not inline for attributes, inline in scripts)


def test_policy_of_the_page_lets_no_script_in_that_the_site_does_not(cloud: RunningCloud) -> None:
    [rule] = tomllib.loads((ROOT / "netlify.toml").read_text())["headers"]
    of_site = directives(rule["values"]["Content-Security-Policy"])
    of_page = directives(cloud.get("/_dev/api").headers["content-security-policy"])

    assert of_page["script-src"] == of_site["script-src"] == "'self'"
    assert of_page["base-uri"] == of_site["base-uri"] == "'none'"
    assert of_page["default-src"] == "'none'"


def test_every_file_that_the_page_names_is_served_here(cloud: RunningCloud) -> None:
    page = cloud.get("/_dev/api").text
    names = set(re.findall(r'(?:src|href)="(/_dev/[^"]+\.\w+)"', page))

    answers = {name: cloud.get(name).status_code for name in names}
    assert answers == dict.fromkeys(names, 200)
    assert len(names) == 7


@pytest.mark.parametrize("name", ["swagger-ui.css", "swagger-ui-bundle.js"])
def test_swagger_ui_is_that_of_the_package(cloud: RunningCloud, name: str) -> None:
    assert "swagger-ui" in cloud.get(f"/_dev/swagger-ui/{name}").text


def test_description_is_the_one_in_docs(cloud: RunningCloud) -> None:
    response = cloud.get("/_dev/openapi.yaml")

    assert response.headers["content-type"] == "application/yaml"
    assert response.content == (ROOT / "docs" / "openapi.yaml").read_bytes()


@pytest.mark.parametrize("path", ["/_dev/swagger-ui/nothing.js", "/_dev/nothing"])
def test_file_that_is_not_there_is_not_found(cloud: RunningCloud, path: str) -> None:
    assert cloud.get(path).status_code == 404
