"""What Netlify makes of a checkout: a green build alone would not say that functions are in it."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path
from typing import Any

from tests.netlify.conftest import ROOT, Build

FUNCTIONS = {path.stem for path in (ROOT / "functions").glob("[a-z]*.py")}
EVENTS = {"identity-validate", "identity-signup", "identity-login"}
# Its handlers have types: Netlify calls them for events that have no function by name.
TYPED = "identity-changes"
LOAD = "for (const path of process.argv.slice(1)) await import(path);"


def of_version_1(build: Build) -> list[dict[str, Any]]:
    """The functions that get a client context."""
    return [one for one in build.manifest if one["buildData"]["runtimeAPIVersion"] == 1]


def test_the_site_builds(build: Build) -> None:
    assert build.finished.returncode == 0, build.finished.stdout


def test_no_redirect_or_header_is_ignored_for_its_syntax(build: Build) -> None:
    assert "syntax errors" not in build.finished.stdout


def test_every_function_is_deployed(build: Build) -> None:
    assert {function["name"] for function in build.manifest} == FUNCTIONS | EVENTS | {"api", TYPED}


def test_every_function_is_lambda_compatible_since_others_get_no_client_context(
    build: Build,
) -> None:
    others = [one["name"] for one in build.manifest if one not in of_version_1(build)]

    assert others == [TYPED]


def test_the_typed_handlers_are_called_for_the_events_that_have_no_function_by_name(
    build: Build,
) -> None:
    typed = next(one for one in build.manifest if one["name"] == TYPED)

    assert typed["eventSubscriptions"] == ["identity_usermodified", "identity_userdeleted"]


def test_every_function_brings_what_it_loads(build: Build, tmp_path: Path) -> None:
    for name in (function["name"] for function in build.manifest):
        with zipfile.ZipFile(build.functions / f"{name}.zip") as archive:
            archive.extractall(tmp_path / name)
        shims = [str(path) for path in (tmp_path / name).rglob(f"{name}.*js")]

        command = ["node", "--input-type=module", "--eval", LOAD, *shims]
        loaded = subprocess.run(command, capture_output=True, text=True)

        assert shims, name
        assert loaded.returncode == 0, f"{name}: {loaded.stderr}"
