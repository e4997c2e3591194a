"""CloudFormation is told to refuse a package under another runtime than its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from local.build import guard

BUILT = """\
AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  TokenInQuery:
    Default: 'off'
Rules:
  SecretsAreNamed:
    Assertions:
    - Assert:
        Fn::Not:
        - Fn::Equals:
          - Ref: SecretsArn
          - ''
"""


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A template as `sam build` writes it."""
    file = tmp_path / "template.yaml"
    file.write_text(BUILT)
    return file


def read(file: Path) -> dict[str, Any]:
    template: dict[str, Any] = yaml.safe_load(file.read_text())
    return template


def test_only_the_runtime_of_the_package_is_accepted(built):
    guard.add_rule(built, "python3.13")

    [assertion] = read(built)["Rules"]["PackageIsForTheRuntime"]["Assertions"]
    assert assertion["Assert"] == {"Fn::Equals": [{"Ref": "Runtime"}, "python3.13"]}


def test_the_refusal_says_what_to_do(built):
    guard.add_rule(built, "python3.13")

    [assertion] = read(built)["Rules"]["PackageIsForTheRuntime"]["Assertions"]
    assert assertion["AssertDescription"] == (
        "This package is for python3.13. Deploy it with Runtime=python3.13, or build it for the "
        "runtime of the stack: LAMBDA_RUNTIME=... make deploy-aws"
    )


def test_nothing_else_of_the_template_changes(built):
    guard.add_rule(built, "python3.13")

    guarded = read(built)
    del guarded["Rules"]["PackageIsForTheRuntime"]
    assert guarded == yaml.safe_load(BUILT)


def test_the_runtime_is_the_one_that_was_built(built, monkeypatch):
    monkeypatch.setenv("LAMBDA_RUNTIME", "python3.14")

    assert guard.main(["--template", str(built)]) == 0

    [assertion] = read(built)["Rules"]["PackageIsForTheRuntime"]["Assertions"]
    assert assertion["Assert"]["Fn::Equals"][1] == "python3.14"


def test_a_runtime_that_nobody_can_build_stops_the_deployment(built, monkeypatch, capsys):
    monkeypatch.setenv("LAMBDA_RUNTIME", "nodejs22.x")

    assert guard.main(["--template", str(built)]) == 1
    assert "The stack is not deployed: LAMBDA_RUNTIME has to be" in capsys.readouterr().err


def test_without_a_build_there_is_nothing_to_deploy(tmp_path, capsys):
    assert guard.main(["--template", str(tmp_path / "template.yaml")]) == 1
    assert "The stack is not deployed: " in capsys.readouterr().err
