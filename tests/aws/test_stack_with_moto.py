"""The stack that template.yaml describes: its routes, roles, rights and environment."""

from __future__ import annotations

import json
from typing import Any

import pytest

from local.aws import load_template
from tests.aws.conftest import ROOT, TARGET
from tests.aws.stack import KEY, PARAMETERS, SECRET, Stack

# moto's CloudFormation leaves out the HTTP API, its stage, the alarms, and the filter of the log.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Tried to parse .* not supported by moto:UserWarning"
)
TEMPLATE = load_template(ROOT / "template.yaml")
LOGICAL_IDS = sorted(function.logical_id for function in TEMPLATE.functions)


def test_every_function_is_created_in_moto(stack: Stack) -> None:
    assert sorted(stack.functions) == LOGICAL_IDS


@pytest.mark.parametrize("logical_id", LOGICAL_IDS)
def test_a_function_in_moto_runs_its_handler_for_a_limited_time(
    logical_id: str, stack: Stack
) -> None:
    function = stack.functions[logical_id]

    assert function["Handler"] == TEMPLATE.function(logical_id).handler
    assert (function["Runtime"], function["Timeout"]) == (f"python{TARGET.python}", 15)


def test_functions_in_moto_are_told_what_the_deployment_said(stack: Stack) -> None:
    environments = [function["Environment"]["Variables"] for function in stack.functions.values()]

    assert environments == [environments[0]] * len(LOGICAL_IDS)
    assert {name: str(value) for name, value in environments[0].items()} == {
        "BASE_URL": PARAMETERS["BaseUrl"],
        "ADMIN_EMAILS": PARAMETERS["AdminEmails"],
        "SECRETS_ARN": SECRET,
        "STYTCH_PROJECT_ID": PARAMETERS["StytchProjectId"],
        "SIGNUP": "open",
        "CONFIRM": "admin",
        "USERS_VISIBLE": "members",
        "TOKEN_IN_QUERY": "off",
        "STYTCH_JWT_MAX_AGE": "300",
        "SESSION_DURATION_MINUTES": "10080",
        "COOKIE_NAME": "stytch_session",
        "SESSION_IN_SCRIPT": "off",
        "LOG_LEVEL": "INFO",
    }


def test_every_route_in_moto_invokes_its_function(stack: Stack) -> None:
    expected = {
        route.key: stack.functions[TEMPLATE.function(route.function).logical_id]["FunctionArn"]
        for route in TEMPLATE.routes
    }

    invoked = {key: uri.split("/functions/")[1] for key, uri in stack.routes.items()}
    assert invoked == {key: f"{arn}/invocations" for key, arn in expected.items()}


def test_functions_in_moto_may_read_the_one_secret_and_use_the_one_key(stack: Stack) -> None:
    assert stack.rights("ReadSecrets") == [
        {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": SECRET},
        {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": KEY},
    ]


def test_the_gateway_may_invoke_the_functions_in_moto_and_nothing_else(stack: Stack) -> None:
    [statement] = stack.rights("InvokeFunctions")

    assert statement["Action"] == "lambda:InvokeFunction"
    assert sorted(statement["Resource"]) == sorted(
        function["FunctionArn"] for function in stack.functions.values()
    )


@pytest.mark.parametrize("logical_id", LOGICAL_IDS)
def test_a_function_in_moto_has_a_role_of_its_own(logical_id: str, stack: Stack) -> None:
    assert f"/latchkey-{logical_id}Role-" in stack.functions[logical_id]["Role"]


@pytest.mark.parametrize("logical_id", LOGICAL_IDS)
def test_a_role_may_write_its_log_and_read_the_secret(
    logical_id: str, transformed: dict[str, Any]
) -> None:
    """Asked of the template, since moto attaches no managed policy to a role."""
    role = transformed["Resources"][f"{logical_id}Role"]["Properties"]

    assert role["ManagedPolicyArns"] == [
        "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
        {"Ref": "ReadSecrets"},
    ]
    assert "Policies" not in role


def test_only_the_api_may_invoke_a_function_and_only_by_a_route(
    transformed: dict[str, Any],
) -> None:
    permissions = [
        resource["Properties"]
        for resource in transformed["Resources"].values()
        if resource["Type"] == "AWS::Lambda::Permission"
    ]

    assert len(permissions) == len(TEMPLATE.routes)
    assert {permission["Principal"] for permission in permissions} == {"apigateway.amazonaws.com"}
    assert all("${__ApiId__}" in json.dumps(found["SourceArn"]) for found in permissions)


def test_every_function_runs_on_arm(transformed: dict[str, Any]) -> None:
    """Asked of the template, since moto's CloudFormation passes no architecture on."""
    functions = [transformed["Resources"][name]["Properties"] for name in LOGICAL_IDS]

    assert [function["Architectures"] for function in functions] == [["arm64"]] * len(functions)


def test_the_stack_in_moto_tells_the_gateway_what_its_functions_are_called(stack: Stack) -> None:
    expected = {
        function.name: stack.functions[function.logical_id]["FunctionName"]
        for function in TEMPLATE.functions
    }

    assert json.loads(stack.outputs["NetlifyFunctions"]) == expected
