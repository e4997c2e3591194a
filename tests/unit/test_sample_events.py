"""events/ holds a sample for every function, platform and credential."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from local.aws import load_template
from local.aws.http_routes import RouteTable
from local.commands.event_file import read_event_file

ROOT = Path(__file__).parents[2]
EVENTS = ROOT / "events"
TOKEN = {"NETLIFY_IDENTITY_TOKEN": "a-token"}

FUNCTIONS = sorted((ROOT / "functions").glob("[a-z]*.py"))
READS_CREDENTIALS = re.compile(r"\bcaller\.(read_credentials|(confirmed_)?member|admin)\(")
FORMS = ("aws", "netlify")
FORMS_WITH_CREDENTIALS = ("aws", "aws-identity", "netlify", "netlify-stytch")

HTTP_API_EVENTS = sorted(file.name for file in EVENTS.glob("*-aws*.json"))
NETLIFY_EVENTS = sorted(file.name for file in EVENTS.glob("*-netlify*.json"))
REST_EVENTS = sorted(file.name for file in EVENTS.glob("*-rest.json"))


def forms_of(function: Path) -> tuple[str, ...]:
    has_credentials = READS_CREDENTIALS.search(function.read_text())
    return FORMS_WITH_CREDENTIALS if has_credentials else FORMS


def test_every_function_platform_and_credential_has_a_sample():
    expected = {f"{path.stem}-{form}.json" for path in FUNCTIONS for form in forms_of(path)}

    samples = {file.name for file in EVENTS.glob("*.json")}
    assert samples - {"get-rest.json"} == expected, "type `make routes`, which writes them"


@pytest.mark.parametrize("name", HTTP_API_EVENTS)
def test_a_sample_for_aws_fits_the_template(name):
    routes = RouteTable(load_template(ROOT / "template.yaml").routes)
    event = json.loads(read_event_file(EVENTS / name, TOKEN).payload)

    match = routes.match(event["requestContext"]["http"]["method"], event["rawPath"])

    assert match is not None
    assert match.route.function == name.partition("-")[0]
    assert (match.route.key, match.path_parameters) == (
        event["routeKey"],
        event.get("pathParameters", {}),
    )


@pytest.mark.parametrize("name", NETLIFY_EVENTS)
def test_a_sample_for_netlify_calls_its_function_and_brings_a_client_context(name):
    sample = read_event_file(EVENTS / name, {})

    path = json.loads(sample.payload)["path"]
    assert path.startswith(f"/.netlify/functions/{name.split('-')[0].removesuffix('.json')}")
    assert sample.client_context is not None


@pytest.mark.parametrize("name", [*HTTP_API_EVENTS, *REST_EVENTS])
def test_a_sample_for_aws_has_no_client_context(name):
    assert read_event_file(EVENTS / name, TOKEN).client_context is None
