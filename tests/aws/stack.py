"""The stack that moto makes of a transformed template, and what its services say of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import boto3
from moto import mock_aws

SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:latchkey-AbCdEf"
KEY = "arn:aws:kms:us-east-1:123456789012:key/1234"
PARAMETERS = {
    "BaseUrl": "https://latchkey.example",
    "AdminEmails": "ada@example.com",
    "SecretsArn": SECRET,
    "SecretsKeyArn": KEY,
    "StytchProjectId": "project-test-0",
}


@dataclass(frozen=True)
class Stack:
    """What was created, asked of the services themselves."""

    account: boto3.Session
    template: dict[str, Any]

    @property
    def functions(self) -> dict[str, dict[str, Any]]:
        """Lambda's configuration of each function, by logical id."""
        found = self.account.client("lambda").list_functions()["Functions"]
        return {function["FunctionName"].split("-")[1]: function for function in found}

    @property
    def outputs(self) -> dict[str, str]:
        stack = self.account.client("cloudformation").describe_stacks()["Stacks"][0]
        return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}

    @property
    def routes(self) -> dict[str, str]:
        """The ARN that each route of the HTTP API invokes, by route key."""
        gateway = self.account.client("apigatewayv2")
        api_id = gateway.create_api(Name="latchkey", ProtocolType="HTTP")["ApiId"]
        gateway.reimport_api(ApiId=api_id, Body=self._api_definition())
        integrations = {
            f"integrations/{found['IntegrationId']}": found["IntegrationUri"]
            for found in gateway.get_integrations(ApiId=api_id)["Items"]
        }
        found = gateway.get_routes(ApiId=api_id)["Items"]
        return {_any(route["RouteKey"]): integrations[route["Target"]] for route in found}

    def rights(self, logical_id: str) -> list[dict[str, Any]]:
        """The statements of a managed policy."""
        iam = self.account.client("iam")
        policies = iam.list_policies(Scope="Local")["Policies"]
        policy = next(found for found in policies if logical_id in found["PolicyName"])
        version = iam.get_policy_version(
            PolicyArn=policy["Arn"], VersionId=policy["DefaultVersionId"]
        )
        statements: list[dict[str, Any]] = version["PolicyVersion"]["Document"]["Statement"]
        return statements

    def _api_definition(self) -> str:
        """The definition with its references filled in, as CloudFormation would."""
        definition = json.dumps(self.template["Resources"]["Api"]["Properties"]["Body"])
        arns = {name: function["FunctionArn"] for name, function in self.functions.items()}
        filled_in = re.sub(r"\$\{(\w+)\.Arn\}", lambda found: arns[found[1]], definition)
        return re.sub(r'\{"(?:Fn::Sub|Ref)": ("[^"]*")\}', r"\1", filled_in)


@contextmanager
def created_in_moto(template: dict[str, Any]) -> Iterator[Stack]:
    """The stack in an account of moto's, whose CloudFormation knows the URL of no HTTP API."""
    creatable = dict(template, Outputs=dict(template["Outputs"]))
    del creatable["Outputs"]["ApiUrl"]
    account = boto3.Session("testing", "testing", region_name="us-east-1")
    with mock_aws(config={"lambda": {"use_docker": False}}):
        s3 = account.client("s3")
        s3.create_bucket(Bucket="artifacts")
        s3.put_object(Bucket="artifacts", Key="package.zip", Body=b"")
        account.client("cloudformation").create_stack(
            StackName="latchkey",
            TemplateBody=json.dumps(creatable),
            Capabilities=["CAPABILITY_IAM"],
            Parameters=[
                {"ParameterKey": name, "ParameterValue": value}
                for name, value in PARAMETERS.items()
            ],
        )
        yield Stack(account, template)


def _any(route_key: str) -> str:
    """Moto leaves OpenAPI's extension as it is."""
    return route_key.replace("X-AMAZON-APIGATEWAY-ANY-METHOD", "ANY")
