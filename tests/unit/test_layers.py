"""Imports point downwards only, as the folders and docs/architecture.md say.

A package is named with its layer here; where a module beside the packages belongs is computed from
what it imports. So a new module needs no entry, and one in the wrong place fails.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GROUND = 0
# The packages of each tree from the lowest up; those on one level do not know each other.
PACKAGES = {
    "shared": [["settings"], ["auth", "database"], ["http"]],
    "local": [
        ["kit"],
        ["audit", "aws", "build", "database", "identity", "netlify", "stytch"],
        ["dev_pages", "doctor"],
        ["cloud"],
        ["commands"],
    ],
}


def modules_of(root: Path, tree: str) -> dict[str, Path]:
    """Each module by its dotted name; a package is called by its folder's name."""
    return {
        ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sorted((root / tree).rglob("*.py"))
    }


def imports_of(path: Path, known: set[str]) -> Iterator[str]:
    """The known modules that a module imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                if whole in known:
                    yield whole
                elif node.module in known:
                    yield node.module


def unit_of(module: str, packages: set[str]) -> str:
    """The package directly below the tree, or the module itself."""
    first = ".".join(module.split(".")[:2])
    return first if first in packages else module


def graph_of(root: Path, tree: str) -> dict[str, set[str]]:
    """What each unit of the tree imports of the tree's other units."""
    modules = modules_of(root, tree)
    packages = {f"{tree}.{name}" for level in PACKAGES[tree] for name in level}
    graph: dict[str, set[str]] = {}
    for module, path in modules.items():
        if module == tree:
            continue
        unit = unit_of(module, packages)
        imported = {unit_of(name, packages) for name in imports_of(path, set(modules))}
        graph.setdefault(unit, set()).update(imported - {unit})
    return graph


def layers_of(tree: str, graph: dict[str, set[str]]) -> dict[str, int]:
    """Each unit's layer: even for packages; for other modules the odd one above what they import.

    A module that imports no package lies on the ground.
    """
    layers = {
        f"{tree}.{name}": 2 * height
        for height, level in enumerate(PACKAGES[tree], start=1)
        for name in level
    }
    for unit in TopologicalSorter(graph).static_order():
        if unit not in layers:
            highest = max((layers[other] for other in graph[unit]), default=GROUND)
            layers[unit] = highest if highest % 2 or highest == GROUND else highest + 1
    return layers


def upward_imports(root: Path, tree: str) -> list[str]:
    """Imports of a unit that is not below the importer; modules on the ground may share work."""
    graph = graph_of(root, tree)
    try:
        layers = layers_of(tree, graph)
    except CycleError as error:
        return [f"a circle: {' -> '.join(error.args[1])}"]
    return [
        f"{unit} imports {other}"
        for unit, others in graph.items()
        for other in others
        if layers[other] >= layers[unit] and layers[unit] != GROUND
    ]


@pytest.mark.parametrize("tree", PACKAGES)
def test_every_import_points_downwards(tree):
    assert upward_imports(ROOT, tree) == []


def test_functions_do_not_import_each_other():
    known = set(modules_of(ROOT, "functions"))

    for path in (ROOT / "functions").glob("*.py"):
        assert list(imports_of(path, known)) == []


@pytest.fixture
def tree_with(tmp_path):
    """A copy of `shared/` in which one module imports another."""

    def write(importer: str, imported: str) -> Path:
        for name in ("settings", "auth", "database", "http"):
            folder = tmp_path / "shared" / name
            folder.mkdir(parents=True)
            (folder / "part.py").write_text("")
        for name in ("log", "account_deletion", "application"):
            (tmp_path / "shared" / f"{name}.py").write_text("")
        (tmp_path / "shared" / "account_deletion.py").write_text("import shared.auth.part\n")
        (tmp_path / "shared" / "application.py").write_text("import shared.http.part\n")
        path = tmp_path / f"{importer.replace('.', '/')}.py"
        path.write_text(f"{path.read_text()}def late():\n    import {imported}\n")
        return tmp_path

    return write


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("shared.settings.part", "shared.auth.part"),
        ("shared.auth.part", "shared.database.part"),
        ("shared.database.part", "shared.auth.part"),
        ("shared.database.part", "shared.http.part"),
        ("shared.http.part", "shared.application"),
        ("shared.auth.part", "shared.account_deletion"),
    ],
)
def test_an_upward_import_is_found_wherever_it_stands(tree_with, importer, imported):
    assert upward_imports(tree_with(importer, imported), "shared") != []


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("shared.auth.part", "shared.settings.part"),
        ("shared.auth.part", "shared.log"),
        ("shared.http.part", "shared.account_deletion"),
        ("shared.account_deletion", "shared.database.part"),
        ("shared.application", "shared.log"),
    ],
)
def test_a_downward_import_is_no_complaint(tree_with, importer, imported):
    assert upward_imports(tree_with(importer, imported), "shared") == []


@pytest.mark.parametrize("tree", PACKAGES)
def test_every_package_has_its_layer(tree):
    packages = {path.parent.name for path in (ROOT / tree).glob("*/__init__.py")}

    assert packages == {name for level in PACKAGES[tree] for name in level}


def documented_layers(tree: str) -> list[set[str]]:
    """The units of each row of the table with the column "in `tree/`", from the top down."""
    text = (ROOT / "docs/architecture.md").read_text()
    table = text.partition(f"| in `{tree}/` |")[2].partition("\n\n")[0]
    rows = [line.split("|")[2] for line in table.splitlines() if line.startswith("| ")]
    return [{name.rstrip("/") for name in re.findall(r"`([\w/]+)`", row)} for row in rows]


@pytest.mark.parametrize("tree", PACKAGES)
def test_the_page_on_architecture_has_these_layers(tree):
    found: dict[int, set[str]] = {}
    for unit, layer in layers_of(tree, graph_of(ROOT, tree)).items():
        found.setdefault(layer, set()).add(unit.removeprefix(f"{tree}."))

    above = [{"functions"}] if tree == "shared" else []
    assert documented_layers(tree) == above + [found[layer] for layer in sorted(found)[::-1]]
