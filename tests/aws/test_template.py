"""What SAM's own validation says of the template."""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml

from local.build.guard import add_rule
from tests.aws.conftest import Checkout, SamBuild


def test_the_template_is_valid_and_lint_clean(checkout: Checkout) -> None:
    finished = checkout.sam("validate", "--lint")

    assert finished.returncode == 0, finished.stdout
    assert "is a valid SAM Template" in finished.stdout


def test_what_is_deployed_is_valid_and_lint_clean_too(
    checkout: Checkout, sam_build: SamBuild
) -> None:
    template = str(sam_build.folder / "template.yaml")

    finished = checkout.sam("validate", "--lint", "--template", template)

    assert finished.returncode == 0, finished.stdout


def test_what_make_deploy_aws_guards_is_valid_and_lint_clean_and_only_has_one_more_rule(
    checkout: Checkout, sam_build: SamBuild, tmp_path: Path
) -> None:
    built = sam_build.folder / "template.yaml"
    guarded = Path(shutil.copy(built, tmp_path))
    add_rule(guarded, "python3.13")

    finished = checkout.sam("validate", "--lint", "--template", str(guarded))

    assert finished.returncode == 0, finished.stdout
    template = yaml.safe_load(guarded.read_text())
    assert template["Rules"].pop("PackageIsForTheRuntime")
    assert template == yaml.safe_load(built.read_text())
