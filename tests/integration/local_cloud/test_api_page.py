"""docs/openapi.yaml as a page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from local.dev_pages.api_description import ApiDescription
from local.dev_pages.api_page import api_page
from local.dev_pages.schema_text import schema_text

DOCUMENT = Path(__file__).parents[3] / "docs" / "openapi.yaml"
OPENAPI = yaml.safe_load(DOCUMENT.read_text())
OPERATIONS = [
    (method.upper(), path, operation)
    for path, item in OPENAPI["paths"].items()
    for method, operation in item.items()
    if method != "parameters"
]


@pytest.fixture(scope="module")
def page() -> str:
    return api_page(ApiDescription.read(DOCUMENT))


def described(operation: dict[str, object]) -> str:
    """The page of a document with this one operation."""
    return api_page(ApiDescription(OPENAPI | {"paths": {"/things": {"get": operation}}}))


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS)
def test_every_operation_is_shown(page: str, method: str, path: str, operation: dict) -> None:
    assert f'<section id="{operation["operationId"]}"><h2>{method} /api{path}</h2>' in page


@pytest.mark.parametrize("name", OPENAPI["components"]["schemas"])
def test_every_schema_is_shown(page: str, name: str) -> None:
    assert f'<h3 id="{name}">{name}</h3>' in page


def test_every_link_leads_to_a_place_on_the_page(page: str) -> None:
    places = set(re.findall(r' id="(\w+)"', page))

    assert set(re.findall(r'href="#(\w+)"', page)) <= places


def test_addresses_of_an_operation_are_all_named(page: str) -> None:
    assert (
        "Also at <code>/api/invite_user</code>, <code>/.netlify/functions/invite/invite</code>, "
        "<code>/.netlify/functions/invite</code>."
    ) in page


def test_parameters_shared_by_a_path_are_shown_with_each_of_its_operations(page: str) -> None:
    section = page.partition('<section id="delete_issue">')[2].partition("</section>")[0]

    assert "<td><code>id</code></td><td>path</td><td>integer, from 1</td>" in section


@pytest.mark.parametrize(
    ("security", "callers"),
    [({"security": []}, "For everyone."), ({}, "For everyone who is signed in.")],
)
def test_operation_tells_who_may_call_it(security: dict, callers: str) -> None:
    operation = {"operationId": "a", "x-function": "get", "summary": "A", "responses": {}}

    assert callers in described(operation | security)


def test_words_of_the_document_are_shown_as_text() -> None:
    operation = {"operationId": "a", "x-function": "get", "summary": "<i> & `code`"}

    assert "<p>&lt;i&gt; &amp; <code>code</code>. </p>" in described(operation | {"responses": {}})


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ({"type": "integer", "minimum": 1, "maximum": 200}, "integer, from 1, to 200"),
        ({"type": "string", "format": "email"}, "string, email"),
        ({"enum": ["a", "<b>"]}, "<code>a</code> or <code>&lt;b&gt;</code>"),
        ({"const": "success"}, "<code>success</code>"),
        ({"type": "array", "items": {"type": "string"}}, "array of string"),
        ({"$ref": "#/components/schemas/Issue"}, '<a href="#Issue">Issue</a>'),
        ({"allOf": [{"type": "string"}, {"const": "x"}]}, "string with <code>x</code>"),
        (
            {"type": "object", "properties": {"id": {"type": "integer"}}},
            "{<code>id</code>: integer}",
        ),
        ({}, "any value"),
    ],
)
def test_schema_is_told_in_a_few_words(schema: dict, text: str) -> None:
    assert schema_text(schema) == text
