"""What SAM's own validation says of the template."""

from __future__ import annotations

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
