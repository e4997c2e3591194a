"""Which part may know which, and how a module looks."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.support.fresh_process import loaded_by

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


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda path: path.stem)
def test_every_function_ends_in_its_handler(function):
    last = ast.parse(function.read_text()).body[-1]

    assert isinstance(last, ast.Assign)
    assert [target.id for target in last.targets if isinstance(target, ast.Name)] == ["handler"]
