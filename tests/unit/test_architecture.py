"""Which part may know which, and what a cold start may load."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.configuration import IDENTITY, IDENTITY_SECRET, STYTCH, VALUES, without

ROOT = Path(__file__).parents[2]
PARTS = ("functions", "shared", "local", "migrations", "scaffold", "sync_users", "tests")
MODULES = [
    path.relative_to(ROOT)
    for part in ("functions", "shared", "local", "migrations", "scaffold", "sync_users")
    for path in sorted((ROOT / part).rglob("*.py"))
]
LONGEST_MODULE = 180  # lines

MAY_KNOW = {
    "functions": {"functions", "shared"},
    "shared": {"shared"},
    "local": {"local"},
    "migrations": {"migrations", "shared"},
    "scaffold": {"scaffold"},
    "sync_users": {"sync_users", "shared"},
}

FUNCTIONS = sorted((ROOT / "functions").glob("[a-z]*.py"))
IMPORTS_THE_SDK = re.compile(r"^ *from shared\.auth\.stytch import .*\bsdk\b", re.MULTILINE)
WITH_SDK = [path.stem for path in FUNCTIONS if IMPORTS_THE_SDK.search(path.read_text())]
WITHOUT_SDK = [path.stem for path in FUNCTIONS if path.stem not in WITH_SDK]
OF_IDENTITY = re.compile(r"shared\.auth\.(netlify|identity)")
REMOTE = {"DATABASE_URL": "mysql://app:p4ssw0rd@db.latchkey.example/latchkey"}
REMOTE_WITH_IDENTITY = without(*STYTCH) | REMOTE | {"NETLIFY_IDENTITY_SECRET": IDENTITY_SECRET}
SLOW_IMPORTS = ["aiohttp", "boto3", "botocore", "pydantic", "requests", "stytch", "urllib3"]


def imported_parts(module: Path) -> set[str]:
    """The parts of this project that a module imports, wherever in it the import stands."""
    tree = ast.parse((ROOT / module).read_text())
    names = [
        name
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    ]
    return {name.partition(".")[0] for name in names} & set(PARTS)


def modules_after(*modules: str, **settings: str) -> list[str]:
    """All modules in a fresh process that has imported these and no more."""
    program = f"import sys, json, {', '.join(modules)}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=settings | {"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded: list[str] = json.loads(done.stdout)
    return loaded


def loaded_by(*modules: str) -> list[str]:
    """The top-level packages in a fresh process of a site with both providers."""
    return sorted({name.partition(".")[0] for name in modules_after(*modules, **VALUES)})


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_dependencies_point_one_way(module):
    assert imported_parts(module) - MAY_KNOW[module.parts[0]] == set()


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_module_can_be_read_in_one_sitting(module):
    assert len((ROOT / module).read_text().splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("package", ["auth", "database", "settings"])
def test_below_http_nothing_is_known_of_it(package):
    modules = [
        ".".join(path.with_suffix("").parts)
        for path in MODULES
        if path.parts[:2] == ("shared", package)
        and path.stem not in {"sdk", "client", "stytch_errors"}
    ]

    assert not {"starlette", "mangum"} & set(loaded_by(*modules))


def test_functions_for_rows_have_no_use_for_stytchs_sdk():
    assert {"get", "create", "update", "delete"} & set(WITH_SDK) == set()


@pytest.mark.parametrize("function", WITHOUT_SDK)
def test_a_cold_start_loads_nothing_dear(function):
    assert set(loaded_by(f"functions.{function}")) & set(SLOW_IMPORTS) == set()


@pytest.mark.parametrize("function", WITH_SDK)
def test_functions_whose_job_is_stytch_load_its_sdk_while_they_start(function):
    loaded = loaded_by(f"functions.{function}")

    assert ("stytch" in loaded, "boto3" in loaded) == (True, False)


@pytest.mark.parametrize("function", [path.stem for path in FUNCTIONS])
def test_a_site_without_stytch_loads_nothing_of_it(function):
    loaded = modules_after(f"functions.{function}", **without(*STYTCH))

    assert [name for name in loaded if "stytch" in name] == []
    assert set(SLOW_IMPORTS) & set(loaded) == set()


@pytest.mark.parametrize("function", [path.stem for path in FUNCTIONS])
def test_a_site_without_identity_loads_nothing_of_it(function):
    loaded = modules_after(f"functions.{function}", **without(*IDENTITY))

    assert [name for name in loaded if OF_IDENTITY.match(name)] == []


def test_the_modules_of_both_providers_are_loaded_while_a_function_starts():
    loaded = modules_after("functions.get", **VALUES)

    assert {"shared.auth.netlify", "shared.auth.stytch.session"} <= set(loaded)


def test_where_no_token_is_verified_here_pyjwt_is_not_loaded():
    assert "jwt" not in modules_after("functions.get", **without(*STYTCH))


def test_where_identitys_secret_is_known_pyjwt_is_loaded_while_a_function_starts():
    with_secret = without(*STYTCH) | {"NETLIFY_IDENTITY_SECRET": IDENTITY_SECRET}

    assert "jwt" in modules_after("functions.get", **with_secret)


@pytest.mark.parametrize("function", [path.stem for path in FUNCTIONS])
def test_a_site_with_identity_and_a_remote_database_loads_no_cryptography(function):
    loaded = modules_after(f"functions.{function}", **REMOTE_WITH_IDENTITY)

    assert [name for name in loaded if name.startswith("cryptography")] == []


def test_where_it_is_spared_a_function_of_ones_own_can_import_cryptography():
    loaded = modules_after("functions", "cryptography", **REMOTE_WITH_IDENTITY)

    assert {"jwt", "pymysql", "cryptography"} <= set(loaded)


@pytest.mark.parametrize(
    "settings",
    [VALUES | REMOTE, REMOTE_WITH_IDENTITY | {"DATABASE_URL": VALUES["DATABASE_URL"]}],
    ids=["tokens of Stytch", "a database without TLS"],
)
def test_what_is_signed_or_encrypted_with_rsa_loads_cryptography(settings):
    assert "cryptography" in modules_after("functions.get", **settings)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda path: path.stem)
def test_every_function_ends_in_its_handler(function):
    last = ast.parse(function.read_text()).body[-1]

    assert isinstance(last, ast.Assign)
    assert [target.id for target in last.targets if isinstance(target, ast.Name)] == ["handler"]
