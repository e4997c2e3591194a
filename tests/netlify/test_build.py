"""What Netlify makes of a checkout: a green build alone would not say that functions are in it."""

from __future__ import annotations

import zipfile

from tests.netlify.conftest import ROOT, Build

FUNCTIONS = {path.stem for path in (ROOT / "functions").glob("[a-z]*.py")}


def test_the_site_builds(build: Build) -> None:
    assert build.finished.returncode == 0, build.finished.stdout


def test_no_redirect_or_header_is_ignored_for_its_syntax(build: Build) -> None:
    assert "syntax errors" not in build.finished.stdout


def test_every_function_is_deployed(build: Build) -> None:
    assert {function["name"] for function in build.manifest} == FUNCTIONS | {"api"}


def test_every_function_is_lambda_compatible_since_others_get_no_client_context(
    build: Build,
) -> None:
    versions = {function["buildData"]["runtimeAPIVersion"] for function in build.manifest}

    assert versions == {1}


def test_every_function_brings_the_gateway_and_the_signer(build: Build) -> None:
    needed = {"gateway.js", "node_modules/aws4/aws4.js"}

    for function in build.manifest:
        with zipfile.ZipFile(build.functions / f"{function['name']}.zip") as archive:
            assert needed <= set(archive.namelist()), function["name"]
