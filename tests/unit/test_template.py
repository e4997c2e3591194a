"""template.yaml keeps secrets out of the open, rights narrow, and routes and handlers in step."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from local.aws import Template, load_template
from tests.unit.tagged_yaml import load_with_tags

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "template.yaml"

SECRET_SETTINGS = {
    "DATABASE_URL",
    "NETLIFY_IDENTITY_SECRET",
    "PLANETSCALE_DATABASE",
    "PLANETSCALE_HOST",
    "PLANETSCALE_PASSWORD",
    "PLANETSCALE_USERNAME",
    "STYTCH_SECRET",
}
OPEN_SETTINGS = {
    "ADMIN_EMAILS",
    "ALLOWED_ORIGINS",
    "BASE_URL",
    "COOKIE_NAME",
    "LOG_LEVEL",
    "NETLIFY_IDENTITY_URL",
    "SECRETS_ARN",
    "SECRETS_PATH",
    "SESSION_DURATION_MINUTES",
    "SIGNUP",
    "CONFIRM",
    "TOKEN_IN_QUERY",
    "STYTCH_JWKS",
    "STYTCH_JWT_MAX_AGE",
    "STYTCH_PROJECT_ID",
}
DESIGNED_ROUTES = {
    ("POST", "/api/issues", "create"),
    ("POST", "/api/users", "create"),
    ("GET", "/api/issues", "get"),
    ("GET", "/api/issues/{id}", "get"),
    ("GET", "/api/users", "get"),
    ("GET", "/api/users/{id}", "get"),
    ("GET", "/api/me", "get"),
    ("GET", "/api/health", "get"),
    ("PATCH", "/api/issues/{id}", "update"),
    ("DELETE", "/api/account", "delete"),
    ("DELETE", "/api/issues/{id}", "delete"),
    ("DELETE", "/api/users/{id}", "delete"),
    ("POST", "/api/invite", "invite"),
    ("POST", "/api/invite_user", "invite"),
    ("POST", "/api/login", "login"),
    ("GET", "/api/authenticate", "authenticate"),
    ("GET", "/api/authenticate_magic_link", "authenticate"),
    ("POST", "/api/logout", "logout"),
}

OLD_NAMES = {
    ("POST", "/api/invite_user", "invite"),
    ("GET", "/api/authenticate_magic_link", "authenticate"),
}
"""The tutorials' names of two documented routes."""


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


def documented_routes() -> set[tuple[str, str, str]]:
    """Method, path and function of every operation in docs/openapi.yaml."""
    document = yaml.safe_load((ROOT / "docs" / "openapi.yaml").read_text())
    return {
        (method.upper(), f"/api{path}", operation["x-function"])
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method != "parameters"
    }


def test_every_open_setting_and_no_other_is_a_variable(document, functions):
    variables = document["Globals"]["Function"]["Environment"]["Variables"]

    assert set(variables) == OPEN_SETTINGS
    assert all("Environment" not in properties for properties in functions.values())


def test_no_secret_can_be_given_as_a_parameter(document):
    spelled = {re.sub(r"(?<!^)(?=[A-Z])", "_", name).upper() for name in document["Parameters"]}

    assert spelled.isdisjoint(SECRET_SETTINGS)


def test_nothing_that_looks_like_a_credential_is_in_the_file():
    text = TEMPLATE.read_text()

    assert not re.search(r"mysql://|pscale_pw_|secret-(test|live)-|AKIA[0-9A-Z]{16}", text)


def test_every_variable_comes_from_a_parameter(document):
    variables = document["Globals"]["Function"]["Environment"]["Variables"]

    assert all(isinstance(value, dict) for value in variables.values())


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
    assert all(
        function.logical_id == f"{function.name.capitalize()}Function"
        for function in template.functions
    )


def test_cloudformation_names_the_functions(functions):
    assert all("FunctionName" not in properties for properties in functions.values())


@pytest.mark.parametrize(("method", "path", "function"), sorted(DESIGNED_ROUTES))
def test_a_designed_route_leads_to_its_function(method, path, function, template):
    named = [r.function for r in template.routes if (r.method, r.path) == (method, path)]
    any_method = [r.function for r in template.routes if (r.method, r.path) == ("ANY", path)]
    assert (named or any_method) == [function]


def test_the_designed_routes_are_those_of_the_documentation():
    without_old_names = DESIGNED_ROUTES - OLD_NAMES

    assert without_old_names == documented_routes()


def test_there_is_no_api_path_that_was_not_designed(template):
    paths = {route.path for route in template.routes if route.path.startswith("/api/")}
    assert paths == {path for _, path, _ in DESIGNED_ROUTES}


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
            if entry == name or name in str(content)
        }
        for name in functions
    }

    assert named == {name: {name, "InvokeFunctions", "NetlifyFunctions"} for name in functions}
