"""template.yaml keeps secrets out of the open, rights narrow, and routes and handlers in step."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from local.aws import Template, load_template
from local.aws.http_routes import RouteTable
from scaffold.checkout import Checkout
from scaffold.new.names import logical_id
from scaffold.routes import read_functions
from tests.unit.tagged_yaml import load_with_tags

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "template.yaml"

CONFIGURATION = ROOT / "docs/configuration.md"
SECRET = re.compile(r"(DATABASE_URL|PLANETSCALE_).*|.*_(SECRET|PASSWORD|TOKEN|KEY)")

ROUTES = [route for function in read_functions(Checkout(ROOT)) for route in function.routes]


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return load_with_tags(TEMPLATE)


@pytest.fixture(scope="module")
def functions(document) -> dict[str, dict[str, Any]]:
    """The properties of each function."""
    return {
        name: resource["Properties"]
        for name, resource in document["Resources"].items()
        if resource["Type"] == "AWS::Serverless::Function"
    }


@pytest.fixture(scope="module")
def template() -> Template:
    """The template as the local cloud reads it."""
    return load_template(TEMPLATE)


def statements(node: object) -> Iterator[dict[str, Any]]:
    """Answer every IAM statement at any depth, those inside conditions too."""
    if isinstance(node, dict):
        if "Effect" in node:
            yield node
        for child in node.values():
            yield from statements(child)
    if isinstance(node, list):
        for child in node:
            yield from statements(child)


def handler_modules() -> set[str]:
    return {file.stem for file in (ROOT / "functions").glob("*.py")} - {"__init__"}


def documented_settings() -> set[str]:
    """The settings of a function, from the first column of the first table."""
    table = CONFIGURATION.read_text().partition("\n## ")[0]
    rows = [line for line in table.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row.split(" | ")[0])}


def test_every_open_setting_and_no_other_is_a_variable(document, functions):
    variables = document["Globals"]["Function"]["Environment"]["Variables"]

    open_settings = {name for name in documented_settings() if not SECRET.fullmatch(name)}
    assert set(variables) == open_settings
    assert all("Environment" not in properties for properties in functions.values())


def test_no_secret_can_be_given_as_a_parameter(document):
    spelled = {re.sub(r"(?<!^)(?=[A-Z])", "_", name).upper() for name in document["Parameters"]}

    assert "DATABASE_URL" in filter(SECRET.fullmatch, documented_settings())
    assert [name for name in spelled if SECRET.fullmatch(name)] == []


def test_nothing_that_looks_like_a_credential_is_in_the_file():
    text = TEMPLATE.read_text()

    assert not re.search(r"mysql://|pscale_pw_|secret-(test|live)-|AKIA[0-9A-Z]{16}", text)


def test_every_variable_comes_from_a_parameter(document):
    variables = document["Globals"]["Function"]["Environment"]["Variables"]

    assert all(isinstance(value, dict) for value in variables.values())


REQUIRED = {"BaseUrl"}
"""The parameters without a default. Of each alternative one is required, which the rules say."""


def test_no_parameter_of_a_provider_is_required(document):
    required = {name for name, entry in document["Parameters"].items() if "Default" not in entry}

    assert required == REQUIRED


def test_a_stack_without_any_provider_is_refused(document):
    [rule] = document["Rules"]["PeopleCanSignIn"]["Assertions"]

    assert rule["Assert"] == {
        "!Not": [
            {
                "!And": [
                    {"!Equals": [{"!Ref": "StytchProjectId"}, ""]},
                    {"!Equals": [{"!Ref": "NetlifyIdentityUrl"}, ""]},
                ]
            }
        ]
    }


@pytest.mark.parametrize("name", ["STYTCH_PROJECT_ID", "STYTCH_BASE_URL", "NETLIFY_IDENTITY_URL"])
def test_without_a_provider_no_function_is_told_of_it(document, name):
    variable = document["Globals"]["Function"]["Environment"]["Variables"][name]

    assert variable["!If"][2] == {"!Ref": "AWS::NoValue"}


def test_no_right_is_a_wildcard(document):
    rights = list(statements(document["Resources"]))

    assert rights
    assert "*" not in str(rights)


def test_rights_are_to_read_the_secret_and_to_invoke_and_nothing_else(document):
    actions = {statement["Action"] for statement in statements(document["Resources"])}

    assert actions == {
        "kms:Decrypt",
        "lambda:InvokeFunction",
        "secretsmanager:GetSecretValue",
        "ssm:GetParametersByPath",
    }


def test_a_function_has_only_the_right_to_read_the_secret(functions):
    policies = [properties["Policies"] for properties in functions.values()]

    assert policies == [[{"!Ref": "ReadSecrets"}]] * len(functions)


def test_the_gateway_may_invoke_every_function(document, functions):
    policy = document["Resources"]["InvokeFunctions"]["Properties"]["PolicyDocument"]

    allowed = {arn["!GetAtt"] for arn in policy["Statement"][0]["Resource"]}
    assert allowed == {f"{name}.Arn" for name in functions}


def test_every_handler_module_is_a_function_and_every_function_a_handler_module(template):
    assert {function.name for function in template.functions} == handler_modules()
    assert all(
        function.handler == f"functions.{function.name}.handler" for function in template.functions
    )


def test_logical_ids_follow_the_names(template):
    assert all(function.logical_id == logical_id(function.name) for function in template.functions)


def test_cloudformation_names_the_functions(functions):
    assert all("FunctionName" not in properties for properties in functions.values())


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_a_route_of_a_function_leads_to_it(route, template):
    table = RouteTable(template.routes)

    match = table.match(route.method, f"/api{route.path.replace('{id}', '1')}")

    assert match is not None
    assert (match.route.function, match.route.path) == (route.function, f"/api{route.path}")


def test_there_is_no_api_path_without_a_route_of_a_function(template):
    paths = {route.path for route in template.routes if route.path.startswith("/api/")}
    assert paths == {f"/api{route.path}" for route in ROUTES}


def test_every_path_answers_every_method(template):
    answering = {route.path for route in template.routes if route.method == "ANY"}
    assert answering == {route.path for route in template.routes}


@pytest.mark.parametrize("name", sorted(handler_modules()))
def test_a_function_answers_under_its_netlify_url_too(name, template):
    keys = {route.key for route in template.routes if route.function == name}
    assert f"ANY /.netlify/functions/{name}" in keys
    assert f"ANY /.netlify/functions/{name}/{{proxy+}}" in keys


def test_no_two_routes_are_the_same(template):
    keys = [route.key for route in template.routes]

    assert len(keys) == len(set(keys))


def test_a_function_ends_before_the_api_gives_up(template):
    assert all(function.timeout == 15 for function in template.functions)


@pytest.mark.parametrize("log_group", ["FunctionLogs", "ApiLogs"])
def test_logs_are_kept_for_a_limited_time(document, log_group):
    properties = document["Resources"][log_group]["Properties"]

    assert properties["RetentionInDays"] == {"!Ref": "LogRetentionDays"}


def test_every_function_is_built_as_the_one_package(document):
    functions = [
        resource
        for resource in document["Resources"].values()
        if resource["Type"] == "AWS::Serverless::Function"
    ]

    assert all(
        function["Metadata"] == {"BuildMethod": "makefile", "WorkingDirectory": "."}
        for function in functions
    )
    assert (ROOT / document["Globals"]["Function"]["CodeUri"] / "Makefile").is_file()


def test_the_gateway_is_told_the_name_of_every_function(document, template):
    names = document["Outputs"]["NetlifyFunctions"]["Value"]["!Sub"]

    assert json.loads(names) == {
        function.name: f"${{{function.logical_id}}}" for function in template.functions
    }


def test_a_function_is_named_by_its_own_entry_the_right_to_invoke_it_and_the_gateways_list(
    document, functions
):
    named = {
        name: {
            entry
            for entry, content in (document["Resources"] | document["Outputs"]).items()
            if entry == name or re.search(rf"\b{name}\b", str(content))
        }
        for name in functions
    }

    assert named == {name: {name, "InvokeFunctions", "NetlifyFunctions"} for name in functions}


def test_the_local_cloud_gives_functions_the_memory_that_the_parameter_has_by_default(
    document, template
):
    assert {function.memory_mb for function in template.functions} == {
        document["Parameters"]["MemorySize"]["Default"]
    }
