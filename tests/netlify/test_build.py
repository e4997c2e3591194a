"""What Netlify makes of a checkout: a green build alone would not say that functions are in it."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path
from typing import Any

from tests.netlify.conftest import ROOT, Build

FUNCTIONS = {path.stem for path in (ROOT / "functions").glob("[a-z]*.py")} | {"api"}
EVENTS = {"identity-validate", "identity-signup", "identity-login"}
# Its handlers have types: Netlify calls them for events that have no function by name.
TYPED = "identity-changes"
VERSION = {"v1": 1, "v2": 2}
LOAD = "for (const path of process.argv.slice(1)) await import(path);"


def of_version(build: Build, version: int) -> list[dict[str, Any]]:
    return [one for one in build.manifest if one["buildData"]["runtimeAPIVersion"] == version]


def names(functions: list[dict[str, Any]]) -> set[str]:
    return {function["name"] for function in functions}


def test_the_site_builds(build: Build) -> None:
    assert build.finished.returncode == 0, build.finished.stdout


def test_no_redirect_or_header_is_ignored_for_its_syntax(build: Build) -> None:
    assert "syntax errors" not in build.finished.stdout


def test_every_function_is_deployed(build: Build) -> None:
    assert names(build.manifest) == FUNCTIONS | EVENTS | {TYPED}


def test_every_function_is_of_the_chosen_form(build: Build, form: str) -> None:
    assert names(of_version(build, VERSION[form])) >= FUNCTIONS


def test_the_functions_that_identity_calls_by_name_are_lambda_compatible(build: Build) -> None:
    assert names(of_version(build, 1)) >= EVENTS


def test_the_typed_handlers_are_called_for_the_events_that_have_no_function_by_name(
    build: Build,
) -> None:
    typed = next(one for one in build.manifest if one["name"] == TYPED)

    assert typed["eventSubscriptions"] == ["identity_usermodified", "identity_userdeleted"]


def test_every_function_brings_what_it_loads(build: Build, tmp_path: Path) -> None:
    for name in names(build.manifest):
        with zipfile.ZipFile(build.functions / f"{name}.zip") as archive:
            archive.extractall(tmp_path / name)
        shims = [str(path) for path in (tmp_path / name).rglob(f"{name}.*js")]

        command = ["node", "--input-type=module", "--eval", LOAD, *shims]
        loaded = subprocess.run(command, capture_output=True, text=True)

        assert shims, name
        assert loaded.returncode == 0, f"{name}: {loaded.stderr}"
